package org.migreg.format.migrationstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.migreg.capture.UnreadableCaptureException;

/** Whatever the bytes, they are read or refused. Fuzzes with JAZZER_FUZZ=1, else tries the inputs kept. */
class MigrationStreamFuzzTests {

    private final MigrationStreamReader reader = new MigrationStreamReader();

    @FuzzTest(maxDuration = "5m")
    void frontToBack(byte[] bytes) throws IOException {
        try {
            reader.read(new ByteArrayInputStream(bytes));
        } catch (UnreadableCaptureException refused) {
            assertThat(refused).hasMessageMatching("(?s).{10,5000}");
        }
    }

    @FuzzTest(maxDuration = "5m")
    void bySeeking(byte[] bytes) throws IOException {
        try {
            reader.read(SampleStreams.channel(bytes));
        } catch (UnreadableCaptureException refused) {
            assertThat(refused).hasMessageMatching("(?s).{10,5000}");
        }
    }
}
