package org.migreg.format.analyzemigration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.migrationstream.MigrationStreamReader;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.qemu.Accelerator;

class AnalyzeMigrationReaderTests {

    private static final byte[] SAMPLE =
            bytes("/analyze-migration/kvm-linux6.18.15-qemu11.1.3-virt-11.1-neoverse-v1.json.gz");

    private final AnalyzeMigrationReader reader = new AnalyzeMigrationReader();

    @ParameterizedTest
    @CsvSource({
        "kvm-linux6.12.107-qemu10.0.13-virt-10.0-neoverse-v1, 269, KVM",
        "kvm-linux6.18.15-qemu11.1.3-virt-11.1-neoverse-v1, 267, KVM",
        "kvm-linux7.3.4-qemu11.1.3-virt-10.0-neoverse-v1, 268, KVM",
        "tcg-qemu10.0.13-virt-10.0-cortex-a57, 275, TCG",
        "tcg-qemu11.1.3-virt-10.0-max, 362, TCG",
        "tcg-qemu7.2-virt-7.2-max-4-vcpus, 304, TCG",
    })
    void theOutputGivesTheListsOfItsStream(String name, int count, Accelerator accelerator) throws IOException {
        CaptureReading reading = read(bytes("/analyze-migration/" + name + ".json.gz"));
        CaptureReading ofStream =
                new MigrationStreamReader().read(new ByteArrayInputStream(bytes("/streams/" + name + ".mig.gz")));
        assertThat(reading.vcpus()).isEqualTo(ofStream.vcpus());
        assertThat(reading.registers().size()).isEqualTo(count);
        assertThat(reading.host().get(Fact.ACCELERATOR)).isEqualTo(accelerator);
        assertThat(reading.host().get(Fact.MIDR)).isEqualTo(ofStream.host().get(Fact.MIDR));
        assertThat(reader.name()).isEqualTo("qemu-analyze-migration");
    }

    @Test
    void aSingleRegisterStandsWithoutAnArray() throws IOException {
        CaptureReading reading = read("""
                {"cpu (6)": {"cpreg_vmstate_indexes": "0x603000000013c103", "cpreg_vmstate_values": "0x1"}}""");
        assertThat(reading.registers()).hasToString("0x603000000013c103=0x1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | JSON object",
                "hello | no JSON",
                "{} | no section such as",
                "{\"cpu (1)\": {}} | lacks cpreg_vmstate_indexes",
                "{\"cpu (1)\": {\"cpreg_vmstate_indexes\": 1, \"cpreg_vmstate_values\": 1}} | neither a hex number",
                "{\"cpu (1)\": {\"cpreg_vmstate_indexes\": [1]}} | other than a hex number in quotes",
                "{\"cpu (1)\": {\"cpreg_vmstate_indexes\": [\"5\"]}} | no hex number of up to 16 digits",
                "{\"cpu (1)\": {\"cpreg_vmstate_indexes\": [\"0x1\"], \"cpreg_vmstate_values\": []}} | 1 cpreg_vmstate_indexes but 0",
                "{\"cpu (1)\": {\"cpreg_vmstate_indexes\": [], \"cpreg_vmstate_values\": []}} | has no register",
                "{\"cpu (1)\": {\"cpreg_vmstate_indexes\": \"0x1\", \"cpreg_vmstate_values\": \"0x1\"}} | no register of an arm64",
            })
    void whatIsNoSuchOutputIsRefused(String text, String because) {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining(because)
                .satisfies(e -> assertThat(e.format()).isEqualTo("qemu-analyze-migration"));
    }

    @Test
    void anInputThatFailsIsNoRefusal() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the connection was closed");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> reader.read(failing))
                .withMessage("the connection was closed");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read("{\"ram (1)\": " + "[".repeat(1_000_000)))
                .withMessageContaining("depth");
    }

    @Test
    void tooLongAListIsRefused() {
        String many = "\"0x603000000013c103\",".repeat(8192) + "\"0x603000000013c103\"";
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> read("{\"cpu (1)\": {\"cpreg_vmstate_indexes\": [" + many + "]}}"))
                .withMessageContaining("more than 8192");
    }

    @Test
    void anOutputCutAnywhereIsRefused() {
        Property.holds(200, given -> {
            int length = given.any(Generator.integers(0, 126_000));
            byte[] cut = Arrays.copyOf(SAMPLE, Math.min(length, SAMPLE.length - 3));
            assertThatExceptionOfType(UnreadableCaptureException.class).isThrownBy(() -> read(cut));
        });
    }

    @Test
    void aDamagedOutputIsReadOrRefused() {
        Property.holds(500, given -> {
            int place = given.any(Generator.integers(0, 126_000));
            byte written = given.any(Generator.integers(Byte.MIN_VALUE, Byte.MAX_VALUE))
                    .byteValue();
            byte[] damaged = SAMPLE.clone();
            damaged[place % damaged.length] = written;
            try {
                assertThat(read(damaged).registers().isEmpty()).isFalse();
            } catch (UnreadableCaptureException refused) {
                assertThat(refused.position()).isBetween(-1L, (long) damaged.length);
            }
        });
    }

    private CaptureReading read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private CaptureReading read(byte[] bytes) throws IOException {
        return reader.read(new ByteArrayInputStream(bytes));
    }

    private static byte[] bytes(String name) {
        try (InputStream packed =
                        Objects.requireNonNull(AnalyzeMigrationReaderTests.class.getResourceAsStream(name), name);
                GZIPInputStream input = new GZIPInputStream(packed)) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
