package org.migreg.format.migrationstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;

/** What holds of streams that were cut or damaged anywhere. */
class MigrationStreamPropertyTests {

    private static final byte[] WHOLE = SampleStreams.bytes(SampleStreams.KVM);

    /** The same stream without its RAM, so that damage often meets what is read. */
    private static final byte[] SHORT = withoutRam(WHOLE);

    private static final CaptureReading READING = read(SHORT);

    private final MigrationStreamReader reader = new MigrationStreamReader();

    @Example
    void theStreamWithoutRamIsReadLikeTheWhole() {
        assertThat(READING).isEqualTo(read(WHOLE));
        assertThat(SHORT).hasSizeLessThan(40_000);
    }

    @Property(tries = 300)
    void aStreamCutAnywhereIsRefused(@ForAll @IntRange(max = 30_000) int length) {
        byte[] cut = Arrays.copyOf(SHORT, Math.min(length, SHORT.length - 1));
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> reader.read(SampleStreams.channel(cut)));
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> reader.read(new ByteArrayInputStream(cut)));
    }

    @Property(tries = 1000)
    void aDamagedStreamIsReadOrRefused(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 40_000) Integer> places, @ForAll byte[] written) {
        byte[] damaged = SHORT.clone();
        for (int place : places) {
            for (int j = 0; j < Math.min(written.length, 8); j++) {
                damaged[(place + j) % damaged.length] = written[j];
            }
        }
        readOrRefuse(damaged, bytes -> reader.read(SampleStreams.channel(bytes)));
        readOrRefuse(damaged, bytes -> reader.read(new ByteArrayInputStream(bytes)));
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
