package org.migreg.integration.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService;
import org.migreg.history.Revision;
import org.migreg.revision.RevisionLog;
import org.migreg.storage.Database;

/** Instances that start at the same time on one empty PostgreSQL. */
class SeedingIT {

    @TempDir
    private Path one;

    @TempDir
    private Path other;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void theStartingDataAreThereOnceAndWhole() throws Exception {
        String[] settings = Database.postgres().settings().stream()
                .filter(setting -> !setting.startsWith("--migreg.data-dir="))
                .toArray(String[]::new);
        try (ExecutorService starters = Executors.newFixedThreadPool(2)) {
            List<Future<RunningService>> starting = List.of(
                    starters.submit(() -> new RunningService(one, settings)),
                    starters.submit(() -> new RunningService(other, settings)));
            for (Future<RunningService> each : starting) {
                try (RunningService service = each.get()) {
                    assertThat(service.bean(RevisionLog.class).listAfter(0, 10))
                            .extracting(Revision::author)
                            .containsExactly("migreg", "migreg", "migreg");
                }
            }
        }
    }
}
