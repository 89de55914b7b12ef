package org.migreg.format.migrationstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.Input;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;

class MigrationStreamReaderTests {

    private static final RegisterId MIDR_EL1 = RegisterId.parse("0x603000000013c000");

    private final MigrationStreamReader reader = new MigrationStreamReader();

    @TestFactory
    Stream<DynamicTest> everySampleGivesItsCountMachineTypeAndAccelerator() {
        Map<String, Integer> counts = SampleStreams.expectedCounts();
        assertThat(counts).hasSize(6);
        return counts.entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
                    byte[] bytes = SampleStreams.bytes(sample.getKey());
                    CaptureReading reading = bothWays(bytes);
                    assertThat(reading.registers().size()).isEqualTo(sample.getValue());
                    assertThat(reading.registers().valueCount()).isEqualTo(sample.getValue());
                    assertThat(sample.getKey()).contains("-" + reading.host().get(Fact.MACHINE_TYPE) + "-");
                    assertThat(reading.host().get(Fact.ACCELERATOR))
                            .isEqualTo(sample.getKey().startsWith("kvm") ? Accelerator.KVM : Accelerator.TCG);
                    assertThat(reading.host().get(Fact.QEMU)).isNull();
                    assertThat(reader.name()).isEqualTo("qemu-migration-stream");
                }));
    }

    @Test
    void aKvmStreamTellsTheHostsMidr() throws IOException {
        CaptureReading reading = bothWays(SampleStreams.bytes(SampleStreams.KVM));
        assertThat(reading.host().get(Fact.MIDR))
                .isEqualTo(0x411f_d402L)
                .isEqualTo(reading.registers().valueOf(MIDR_EL1).orElseThrow());
    }

    @Test
    void everyVcpuIsRead() throws IOException {
        CaptureReading reading = bothWays(SampleStreams.bytes(SampleStreams.FOUR_VCPUS));
        assertThat(reading.vcpus())
                .extracting(CaptureReading.VcpuRegisters::vcpu)
                .containsExactly(0, 1, 2, 3);
        assertThat(reading.disagreements()).isEmpty();
        assertThat(reading.vcpus())
                .extracting(vcpu -> vcpu.registers().valueCount())
                .containsOnly(reading.registers().size())
                .hasSize(4);
    }

    @Test
    void aVcpuThatDiffersIsNamed() throws IOException {
        byte[] bytes = SampleStreams.bytes(SampleStreams.FOUR_VCPUS);
        byte[] tpidr = hex("603000000013de82");
        int last = lastIndexOf(bytes, tpidr);
        bytes[last + 7] = (byte) 0x81;
        assertThat(bothWays(bytes).disagreements())
                .singleElement()
                .asString()
                .startsWith(
                        "vCPU 3 differs from vCPU 0: lacks 0x603000000013de82 (TPIDR_EL0), adds 0x603000000013de81");
    }

    @ParameterizedTest
    @ValueSource(strings = {SampleStreams.COMPRESSED_PAGES, SampleStreams.IGNORE_SHARED})
    void otherFormsOfRamDoNotMatter(String sample) throws IOException {
        assertThat(bothWays(SampleStreams.bytes(sample)).registers().size()).isEqualTo(258);
    }

    @Test
    void aStreamWithoutDescriptionIsRefusedByName() {
        assertRefused(SampleStreams.bytes(SampleStreams.SUPPRESSED_VMDESC), "suppress-vmdesc");
    }

    @Test
    void sectionsThatCannotBeFollowedAreStillReadFromTheEnd() throws IOException {
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        byte[] renamed = bytes.clone();
        int ram = indexOf(bytes, "\3ram".getBytes(StandardCharsets.ISO_8859_1));
        renamed[ram + 1] = 'v';
        assertThat(bothWays(renamed).registers()).isEqualTo(bothWays(bytes).registers());
    }

    @Test
    void unknownConfigurationIsNoObstacle() throws IOException {
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        byte[] renamed = bytes.clone();
        renamed[indexOf(bytes, "target-page-bits".getBytes(StandardCharsets.ISO_8859_1))] = 'T';
        CaptureReading reading = bothWays(renamed);
        assertThat(reading.registers().size()).isEqualTo(267);
        assertThat(reading.host().get(Fact.MACHINE_TYPE)).isEqualTo("virt-11.1");
    }

    @Test
    void zerosAfterTheEndAreNoObstacle() throws IOException {
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        assertThat(bothWays(Arrays.copyOf(bytes, bytes.length + 4000))
                        .registers()
                        .size())
                .isEqualTo(267);
    }

    @Test
    void theStreamMayBeginInTheMiddleOfAFile() throws IOException {
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        byte[] file = new byte[1000 + bytes.length];
        System.arraycopy(bytes, 0, file, 1000, bytes.length);
        assertThat(reader.read(SampleStreams.channel(file).position(1000))
                        .registers()
                        .size())
                .isEqualTo(267);
    }

    @Test
    void devicesOfManyMegabytesBehindTheVcpusAreNoObstacle() throws IOException {
        // A device of 40 MiB, such as a graphics card's memory, between the devices and the description.
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        int json = indexOf(bytes, "{\"configuration\"".getBytes(StandardCharsets.ISO_8859_1));
        int size = 40 << 20;
        String device = ", {\"name\": \"gpu\", \"instance_id\": 0, \"fields\": [{\"name\": \"data\", \"size\": " + size
                + ", \"type\": \"buffer\"}]}]}";
        byte[] oldDescription = Arrays.copyOfRange(bytes, json, bytes.length);
        String described = new String(oldDescription, StandardCharsets.ISO_8859_1);
        byte[] description =
                (described.substring(0, described.length() - 2) + device).getBytes(StandardCharsets.ISO_8859_1);
        byte[] section = hex("0400000063" + "03677075" + "00000000" + "00000001");
        byte[] footer = hex("7e00000063" + "00" + "06");
        byte[] length = ByteBuffer.allocate(4).putInt(description.length).array();
        byte[] whole =
                concatenated(Arrays.copyOf(bytes, json - 6), section, new byte[size], footer, length, description);
        assertThat(bothWays(whole).registers().size()).isEqualTo(267);
    }

    @Test
    void manyGibibytesOfPagesArePassedOver() throws IOException {
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        int end = SampleStreams.endOfRam(bytes);
        long pages = 50_000;
        InputStream input = new SequenceInputStream(enumeration(List.of(
                new ByteArrayInputStream(bytes, 0, end - 13),
                new RepeatedPages(pages),
                new ByteArrayInputStream(bytes, end - 13, bytes.length - end + 13))));
        assertThat(reader.read(input).registers().size()).isEqualTo(267);
    }

    @Test
    void whatIsNoStreamIsRefused() {
        assertRefused(new byte[0], "QEVM");
        assertRefused("QEV".getBytes(StandardCharsets.ISO_8859_1), "QEVM");
        assertRefused("0x603000000013c103\n".getBytes(StandardCharsets.ISO_8859_1), "QEVM");
        assertRefused(hex("5145564d00000002"), "file version 2");
        assertRefused(hex("5145564d00000003"), "ends at byte 8");
    }

    @Test
    void aStreamOfAnotherArchitectureIsRefused() {
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        byte[] indexes = "cpreg_vmstate_indexes".getBytes(StandardCharsets.ISO_8859_1);
        bytes[lastIndexOf(bytes, indexes)] = 'x';
        assertRefused(bytes, "no arm guest");
    }

    @Test
    void anIncompleteStreamIsRefusedWhereverItEnds() {
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        for (int length :
                new int[] {1, 9, 40, 70, 5_000, 200_000, 467_808, 480_000, bytes.length - 20_000, bytes.length - 1}) {
            assertRefused(Arrays.copyOf(bytes, length), "");
        }
    }

    @Test
    void aCountThatContradictsTheDescriptionIsRefused() {
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        int count = indexOf(bytes, hex("0000010b6020000000110000"));
        bytes[count + 3] = 0x0c;
        assertRefused(bytes, "268 registers, but 267");
    }

    @Test
    void aDescriptionThatContradictsTheSectionsIsRefused() {
        byte[] bytes = SampleStreams.bytes(SampleStreams.KVM);
        byte[] name = "\"name\": \"globalstate\"".getBytes(StandardCharsets.ISO_8859_1);
        int at = lastIndexOf(bytes, name);
        bytes[at + 9] = 'G';
        // Front to back the vCPUs' sections are found all the same.
        assertThat(bothWaysUnchecked(bytes).registers().size()).isEqualTo(267);
        int cpu = lastIndexOf(
                bytes, "\"env.pc\", \"type\": \"uint64\", \"size\": 8".getBytes(StandardCharsets.ISO_8859_1));
        bytes[cpu + 36] = '4';
        assertRefused(bytes, "");
    }

    private CaptureReading bothWays(byte[] bytes) throws IOException {
        CaptureReading sought = reader.read(SampleStreams.channel(bytes));
        CaptureReading walked = reader.read(new ByteArrayInputStream(bytes));
        assertThat(walked).isEqualTo(sought);
        assertThat(reader.recognises(Input.of(new ByteArrayInputStream(bytes)).head()))
                .isTrue();
        return sought;
    }

    private CaptureReading bothWaysUnchecked(byte[] bytes) {
        try {
            return bothWays(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(byte[] bytes, String because) {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> reader.read(SampleStreams.channel(bytes)))
                .withMessageContaining(because)
                .satisfies(e -> assertThat(e.format()).isEqualTo("qemu-migration-stream"));
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> reader.read(new ByteArrayInputStream(bytes)))
                .withMessageContaining(because);
    }

    private static Enumeration<InputStream> enumeration(List<InputStream> inputs) {
        return Collections.enumeration(inputs);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("the sample lacks " + new String(part, StandardCharsets.ISO_8859_1));
    }

    private static int lastIndexOf(byte[] bytes, byte[] part) {
        for (int i = bytes.length - part.length; i >= 0; i--) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("the sample lacks " + new String(part, StandardCharsets.ISO_8859_1));
    }
}
