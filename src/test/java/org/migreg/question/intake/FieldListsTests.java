package org.migreg.question.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.capture.ReadCapture;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.CaptureFormats;

/** Lists as people hand them in. */
class FieldListsTests {

    private static List<ReadCapture> captures(String file) throws IOException {
        return CaptureIntake.captures(
                CaptureFormats.open(Files.newInputStream(Path.of("src/test/resources/field", file)))
                        .captures(),
                SaidOfHost.NOTHING);
    }

    @Test
    void aListThatIsTooShortToBeAHostsIsRemarkedOn() throws IOException {
        assertThat(captures("short-list.md").getFirst().reading().remarks())
                .anySatisfy(remark -> assertThat(remark).contains("2 registers cannot be a KVM host's list"));
    }

    @Test
    void theSelftestsReportIsNoList() {
        assertThatExceptionOfType(UnreadableCaptureException.class)
                .isThrownBy(() -> captures("selftest-new.txt"))
                .withMessageContaining("new and missing registers");
    }
}
