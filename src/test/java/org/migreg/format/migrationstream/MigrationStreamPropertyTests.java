package org.migreg.format.migrationstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.property.Generator;
import org.migreg.property.Property;

/** What holds of streams that were cut or damaged anywhere. */
class MigrationStreamPropertyTests {

    private static final byte[] WHOLE = SampleStreams.bytes(SampleStreams.KVM);

    /** The same stream without its RAM, so that damage often meets what is read. */
    private static final byte[] SHORT = withoutRam(WHOLE);

    private static final CaptureReading READING = read(SHORT);

    private final MigrationStreamReader reader = new MigrationStreamReader();

    @Test
    void theStreamWithoutRamIsReadLikeTheWhole() {
        assertThat(READING).isEqualTo(read(WHOLE));
        assertThat(SHORT).hasSizeLessThan(40_000);
    }

    @Test
    void aStreamCutAnywhereIsRefused() {
        Property.holds(300, given -> {
            int length = given.any(Generator.integers(0, 30_000));
            byte[] cut = Arrays.copyOf(SHORT, Math.min(length, SHORT.length - 1));
            assertThatExceptionOfType(UnreadableCaptureException.class)
                    .isThrownBy(() -> reader.read(SampleStreams.channel(cut)));
            assertThatExceptionOfType(UnreadableCaptureException.class)
                    .isThrownBy(() -> reader.read(new ByteArrayInputStream(cut)));
        });
    }

    @Test
    void aDamagedStreamIsReadOrRefused() {
        Property.holds(1000, given -> {
            List<Integer> places = given.any(Generator.integers(0, 40_000).list(1, 4));
            byte[] written = given.any(Generator.bytes(8));
            byte[] damaged = SHORT.clone();
            for (int place : places) {
                for (int j = 0; j < Math.min(written.length, 8); j++) {
                    damaged[(place + j) % damaged.length] = written[j];
                }
            }
            readOrRefuse(damaged, bytes -> reader.read(SampleStreams.channel(bytes)));
            readOrRefuse(damaged, bytes -> reader.read(new ByteArrayInputStream(bytes)));
        });
    }

    @FunctionalInterface
    private interface Read {
        CaptureReading of(byte[] bytes) throws IOException;
    }

    private static void readOrRefuse(byte[] bytes, Read read) {

        try {
            assertThat(read.of(bytes).registers().isEmpty()).isFalse();
        } catch (UnreadableCaptureException refused) {
            assertThat(refused).hasMessageMatching("(?s).{10,4000}");
            assertThat(refused.position()).isBetween(-1L, (long) bytes.length);
        } catch (IOException e) {
            throw new AssertionError("bytes in memory do not fail", e);
        }
    }

    private static CaptureReading read(byte[] bytes) {
        try {
            return new MigrationStreamReader().read(SampleStreams.channel(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] withoutRam(byte[] stream) {
        int devices = SampleStreams.endOfRam(stream);
        // The head up to the first section, which is RAM's.
        int head = 8 + 1 + 4 + "virt-11.1".length() + 1 + 1 + "configuration/target-page-bits".length() + 4 + 4;
        byte[] shortened = Arrays.copyOf(stream, head + stream.length - devices);
        System.arraycopy(stream, devices, shortened, head, stream.length - devices);
        return shortened;
    }
}
