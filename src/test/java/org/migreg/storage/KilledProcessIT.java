package org.migreg.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.history.Revision;
import org.migreg.policy.TableRevision;

/** A process on H2 is killed (SIGKILL) while it writes: what it had acknowledged is there, and nothing by halves. */
class KilledProcessIT {

    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 60;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyAcknowledgedRevisionIsThere() throws Exception {
        Path data = directory.resolve("data");
        Map<Long, String> acknowledged = writeAndKill(data);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);

        try (RunningStores reopened = RunningStores.on(Database.h2(data))) {
            TableRevision current = reopened.policies().current();
            List<Revision> revisions = reopened.log().listAfter(0, 1000);
            assertThat(revisions)
                    .extracting(Revision::number)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, revisions.size()).boxed().toList());
            assertThat(revisions.stream().collect(Collectors.toMap(Revision::number, Revision::reason)))
                    .containsAllEntriesOf(acknowledged);
            // What was written but not acknowledged may be there or not; if it is, then whole.
            assertThat(revisions).hasSizeLessThanOrEqualTo(acknowledged.size() + WriterToBeKilled.THREADS);
            assertThat(current.number()).isEqualTo(revisions.size());
            for (Revision revision : revisions) {
                assertThat(current.versionOf(revision.reason())).isEqualTo(revision.number());
            }
        }
    }

    private static Map<Long, String> writeAndKill(Path data) throws IOException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterToBeKilled.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<Long, String> acknowledged = new LinkedHashMap<>();
        try (BufferedReader output = writer.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String[] words = line.split(" ", -1);
                if (words.length == 3 && words[0].equals("acknowledged")) {
                    acknowledged.put(Long.parseLong(words[1]), words[2]);
                }
                if (acknowledged.size() >= ACKNOWLEDGED_BEFORE_THE_KILL) {
                    // SIGKILL, by the handle since Process closes the pipe: what it still holds was acknowledged too.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        return acknowledged;
    }
}
