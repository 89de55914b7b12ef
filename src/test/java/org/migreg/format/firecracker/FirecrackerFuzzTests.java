package org.migreg.format.firecracker;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.migreg.capture.UnreadableCaptureException;

/** Whatever the bytes: a reading, or the reader's own error. */
class FirecrackerFuzzTests {

    @FuzzTest(maxDuration = "3m")
    void noInputBreaksTheReader(byte[] content) {
        try {
            FirecrackerReader.read(content);
        } catch (UnreadableCaptureException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw new AssertionError("refused without a reason", refused);
            }
        }
    }
}
