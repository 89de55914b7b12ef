package org.migreg.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildSummaryTests {

    private static final Instant BEGAN = Instant.parse("2026-11-29T10:00:00Z");

    @TempDir
    Path target;

    @Test
    void whatRanWhatDidNotAndWhereTheOutputIs() throws IOException, XMLStreamException {
        report(
                "surefire-reports",
                "org.migreg.api.ApiTests",
                BEGAN,
                "tests='20' failures='0' errors='0' skipped='0' time='94.26'",
                "");
        report(
                "surefire-reports",
                "org.migreg.LintTests",
                BEGAN,
                "tests='3' failures='1' errors='1' skipped='0' time='0.2'",
                "");
        report(
                "surefire-reports",
                "org.migreg.DeletedTests",
                BEGAN.minusSeconds(9),
                "tests='7' failures='0' errors='0' skipped='0' time='1'",
                "");
        report(
                "failsafe-reports",
                "org.migreg.dashboard.MatrixPageIT",
                BEGAN,
                "tests='1' failures='0' errors='0' skipped='1' time='1,201.5'",
                "<testcase name=''><skipped message='Assumption failed: no browser'/></testcase>");
        report(
                "failsafe-reports",
                "org.migreg.dashboard.TablesPageIT",
                BEGAN,
                "tests='1' failures='0' errors='0' skipped='1' time='0'",
                "<testcase name=''><skipped message='no browser'/></testcase>");

        assertThat(BuildSummary.of(target, BEGAN, BEGAN.plusSeconds(125))).isEqualTo("""

                Unit tests: 23 in 2 classes, 1 min 34 s; 2 FAILED, none skipped
                Integration tests: 2 in 2 classes, 20 min 1 s; none failed, 2 SKIPPED
                Whole build so far: 2 min 5 s
                Slowest: MatrixPageIT 20 min 1 s, ApiTests 1 min 34 s, LintTests 0.2 s, TablesPageIT 0.0 s
                NOT TESTED, no browser
                    (MatrixPageIT, TablesPageIT)
                What the tests and the service in them printed: %1$s/surefire-reports/*-output.txt, %1$s/failsafe-reports/*-output.txt

                """.formatted(target));
    }

    @Test
    void aBuildWithoutTestsSaysSo() throws IOException, XMLStreamException {
        assertThat(BuildSummary.of(target, BEGAN, BEGAN)).isEqualTo("\nNo tests were run.\n\n");
    }

    private void report(String directory, String name, Instant written, String counts, String cases)
            throws IOException {
        Path file = Files.createDirectories(target.resolve(directory)).resolve("TEST-" + name + ".xml");
        Files.writeString(file, "<testsuite name='" + name + "' " + counts + ">" + cases + "</testsuite>");
        Files.setLastModifiedTime(file, FileTime.from(written));
    }
}
