package org.migreg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.migreg.capture.UnreadableCaptureException;

/** Whatever the file: captures, a log, or a refusal with its reason. Covers what tells formats apart and what unpacks. */
class CaptureFormatsFuzzTests {

    @FuzzTest(maxDuration = "5m")
    void noFileBreaksTheIntake(byte[] file) throws IOException {
        try {
            CaptureFormats.open(new ByteArrayInputStream(file));
        } catch (UnreadableCaptureException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw new AssertionError("refused without a reason", refused);
            }
        }
    }
}
