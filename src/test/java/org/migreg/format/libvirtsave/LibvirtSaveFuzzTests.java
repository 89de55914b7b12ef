package org.migreg.format.libvirtsave;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.Input;

/** Whatever the bytes, they are read or refused. Fuzzes with JAZZER_FUZZ=1, else tries the inputs kept. */
class LibvirtSaveFuzzTests {

    private final LibvirtSaveReader reader = SampleImages.reader();

    @FuzzTest(maxDuration = "5m")
    void imageIsReadOrRefused(byte[] bytes) throws IOException {
        try {
            reader.read(Input.of(new ByteArrayInputStream(bytes)));
        } catch (UnreadableCaptureException refused) {
            assertThat(refused).hasMessageMatching("(?s).{10,5000}");
        }
    }
}
