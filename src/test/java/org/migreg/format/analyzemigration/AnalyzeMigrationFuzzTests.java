package org.migreg.format.analyzemigration;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.migreg.capture.UnreadableCaptureException;

/** Whatever the bytes, they are read or refused. Fuzzes with JAZZER_FUZZ=1, else tries the inputs kept. */
class AnalyzeMigrationFuzzTests {

    private final AnalyzeMigrationReader reader = new AnalyzeMigrationReader();

    @FuzzTest(maxDuration = "5m")
    void outputIsReadOrRefused(byte[] bytes) throws IOException {
        try {
            reader.read(new ByteArrayInputStream(bytes));
        } catch (UnreadableCaptureException refused) {
            assertThat(refused).hasMessageMatching("(?s).{10,5000}");
        }
    }
}
