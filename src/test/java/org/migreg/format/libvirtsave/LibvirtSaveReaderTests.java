package org.migreg.format.libvirtsave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.Input;
import org.migreg.qemu.Accelerator;

class LibvirtSaveReaderTests {

    private static final String DOMAIN =
            "<domain type='kvm'><name>g</name><os><type arch='aarch64' machine='virt-9.0'>hvm</type></os>"
                    + "<cpu mode='host-passthrough'/></domain>";

    private final LibvirtSaveReader reader = SampleImages.reader();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"raw", "gzip", "bzip2", "xz", "zstd"})
    void everyFormGivesListsMachineTypeAcceleratorAndCpu(String form) throws IOException {
        CaptureReading reading = bothWays(SampleImages.bytes(form));
        assertThat(reader.name()).isEqualTo("libvirt-save-image");
        assertThat(reading.vcpus()).hasSize(2);
        assertThat(reading.disagreements()).isEmpty();
        assertThat(reading.registers().size())
                .isEqualTo(reading.registers().valueCount())
                .isEqualTo(258);
        assertThat(reading.host().get(Fact.MACHINE_TYPE)).isEqualTo("virt-7.2");
        assertThat(reading.host().get(Fact.ACCELERATOR)).isEqualTo(Accelerator.TCG);
        assertThat(reading.host().get(Fact.CPU_MODEL)).isEqualTo("cortex-a57");
        assertThat(reading.host().get(Fact.ORIGIN)).isEqualTo("libvirt save image of the domain arm-guest");
        assertThat(reading.remarks())
                .containsExactly(
                        "The XML names the CPU mode custom.",
                        "The XML names the CPU model cortex-a57.",
                        "The XML names the emulator /usr/bin/qemu-system-aarch64.");
    }

    @Test
    void lzopIsRefusedByName() throws IOException {
        assertRefused(SampleImages.bytes("lzop"), "compressed with lzop, which is not supported");
    }

    @Test
    void anUnfinishedImageIsRefusedByName() throws IOException {
        byte[] image = SampleImages.bytes("raw");
        System.arraycopy("Part".getBytes(StandardCharsets.ISO_8859_1), 0, image, 12, 4);
        assertThat(reader.recognises(Input.of(new ByteArrayInputStream(image)).head()))
                .isTrue();
        assertRefused(image, "unfinished");
    }

    @Test
    void theOtherByteOrderIsRead() throws IOException {
        byte[] image = SampleImages.bytes("raw");
        ByteBuffer numbers = ByteBuffer.wrap(image);
        for (int at = 16; at < 36; at += 4) {
            numbers.putInt(at, Integer.reverseBytes(numbers.getInt(at)));
        }
        assertThat(bothWays(image).registers().size()).isEqualTo(258);
    }

    @Test
    void anImageMayBeginInTheMiddleOfAFile() throws IOException {
        Path file = directory.resolve("image");
        Files.write(file, concatenated(new byte[777], SampleImages.bytes("raw")));
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            assertThat(read(Input.of(channel.position(777))).registers().size()).isEqualTo(258);
        }
    }

    @Test
    void whatTheXmlSaysOtherwiseIsRemarked() throws IOException {
        CaptureReading reading = bothWays(image(DOMAIN));
        assertThat(reading.host().get(Fact.MACHINE_TYPE)).isEqualTo("virt-7.2");
        assertThat(reading.host().get(Fact.ACCELERATOR)).isEqualTo(Accelerator.TCG);
        assertThat(reading.host().get(Fact.CPU_MODEL)).isNull();
        assertThat(reading.remarks())
                .contains(
                        "The XML names the CPU mode host-passthrough.",
                        "The XML names the machine type virt-9.0, the stream virt-7.2.",
                        "The XML names the accelerator kvm, but the register list is one of tcg's.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE domain><domain type='kvm'/>",
                "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><domain><name>&b;</name></domain>",
                "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain><name>&x;</name></domain>",
                "<!DOCTYPE d SYSTEM 'http://127.0.0.1:9/d.dtd'><domain/>",
                "<domain><name>&unknown;</name></domain>",
                "<domain>",
                "<network/>",
                "not XML",
                "",
            })
    void xmlThatLibvirtWouldNotWriteIsRefused(String xml) throws IOException {
        assertRefused(image(xml), "XML");
    }

    @Test
    void xmlOfAnotherEncodingIsRefused() throws IOException {
        byte[] image = image("<domain><name>xy</name></domain>");
        image[SaveHeader.SIZE + 14] = (byte) 0xff;
        assertRefused(image, "not UTF-8");
    }

    @Test
    void deepXmlIsRefused() throws IOException {
        assertRefused(image("<domain>" + "<a>".repeat(100_000)), "nests deeper than 50 elements");
    }

    @Test
    void anImageThatEndsEarlyIsRefused() throws IOException {
        byte[] raw = SampleImages.bytes("raw");
        assertRefused(Arrays.copyOf(raw, 0), "LibvirtQemudSave");
        assertRefused(Arrays.copyOf(raw, 50), "its header alone has 92");
        assertRefused(Arrays.copyOf(raw, 30_000), "ends inside its XML");
        assertRefused(Arrays.copyOf(raw, SampleImages.STREAM_AT), "QEVM");
        assertRefused(Arrays.copyOf(raw, 300_000), "ends at byte 233450");
        for (String form : new String[] {"gzip", "bzip2", "xz", "zstd"}) {
            byte[] packed = SampleImages.bytes(form);
            assertRefused(Arrays.copyOf(packed, packed.length - 5_000), form);
            assertRefused(Arrays.copyOf(packed, SampleImages.STREAM_AT), "");
        }
    }

    @Test
    void whatDoesNotUnpackIsRefused() throws IOException {
        for (String form : new String[] {"gzip", "bzip2", "xz", "zstd"}) {
            byte[] packed = SampleImages.bytes(form);
            Arrays.fill(packed, SampleImages.STREAM_AT, SampleImages.STREAM_AT + 20, (byte) 0x55);
            assertRefused(packed, "unpacked as " + form);
        }
    }

    @Test
    void aBombIsRefused() throws IOException {
        byte[] head = Arrays.copyOf(SampleImages.bytes("gzip"), SampleImages.STREAM_AT);
        byte[] stream =
                Arrays.copyOfRange(SampleImages.bytes("raw"), SampleImages.STREAM_AT, SampleImages.STREAM_AT + 1000);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream output = new GZIPOutputStream(packed)) {
            output.write(stream);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                output.write(zeros);
            }
        }
        assertRefused(concatenated(head, packed.toByteArray()), "more than 400 times its size");
    }

    @Test
    void unknownNumbersInTheHeaderAreRefused() throws IOException {
        assertRefused(withNumber(16, 4), "version");
        assertRefused(withNumber(20, 0), "XML");
        assertRefused(withNumber(20, -1), "XML");
        assertRefused(withNumber(28, 7), "unknown compression 7");
    }

    private static byte[] withNumber(int at, int number) {
        byte[] image = SampleImages.bytes("raw");
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
        return image;
    }

    /** The raw sample with another XML. */
    private static byte[] image(String xml) {
        byte[] raw = SampleImages.bytes("raw");
        byte[] document = (xml + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] head = Arrays.copyOf(raw, 92);
        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putInt(20, document.length);
        return concatenated(head, document, Arrays.copyOfRange(raw, SampleImages.STREAM_AT, raw.length));
    }

    private CaptureReading read(Input image) throws IOException {
        return reader.read(image).captures().readings().getFirst();
    }

    private CaptureReading bothWays(byte[] image) throws IOException {
        CaptureReading streamed = read(Input.of(new ByteArrayInputStream(image)));
        try (SeekableByteChannel channel = onDisk(image)) {
            assertThat(read(Input.of(channel))).isEqualTo(streamed);
        }
        assertThat(reader.recognises(Input.of(new ByteArrayInputStream(image)).head()))
                .isTrue();
        return streamed;
    }

    private void assertRefused(byte[] image, String because) throws IOException {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read(Input.of(new ByteArrayInputStream(image))))
                .withMessageContaining(because)
                .satisfies(e -> assertThat(e.format()).isEqualTo("libvirt-save-image"));
        try (SeekableByteChannel channel = onDisk(image)) {
            assertThatExceptionOfType(UnreadableCaptureException.class)
                    .isThrownBy(() -> read(Input.of(channel)))
                    .withMessageContaining(because);
        }
    }

    private SeekableByteChannel onDisk(byte[] image) throws IOException {
        return Files.newByteChannel(Files.write(directory.resolve("image"), image));
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
