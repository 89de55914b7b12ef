package org.migreg.integration.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
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
import tools.jackson.databind.JsonNode;

/** Instances that start at the same time on one empty PostgreSQL, and one that does not come to the end. */
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

    /** As by a start whose process is killed: PostgreSQL undoes what its session had begun. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aStartThatIsCutOffWhileItWritesThemIsMadeGoodByTheNext() throws Exception {
        List<String> all = Database.postgres().settings();
        String[] settings = all.stream()
                .filter(setting -> !setting.startsWith("--migreg.data-dir="))
                .toArray(String[]::new);
        String url = all.get(1).substring(all.get(1).indexOf('=') + 1);
        try (ExecutorService starter = Executors.newSingleThreadExecutor();
                Connection connection = DriverManager.getConnection(url, "postgres", "")) {
            Future<RunningService> starting = starter.submit(() -> new RunningService(one, settings));
            while (!starting.isDone() && !hasEndedASessionThatInserts(connection)) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(starting::get).isInstanceOf(ExecutionException.class);
        }
        try (RunningService service = new RunningService(one, settings);
                RunningService undisturbed = new RunningService(other)) {
            for (String path : List.of("/api/v1/tables", "/api/v1/captures?limit=1")) {
                JsonNode expected = undisturbed.get(path).json();
                JsonNode found = service.get(path).json();
                assertThat(found.get("machineTypes")).isEqualTo(expected.get("machineTypes"));
                assertThat(found.get("total")).isEqualTo(expected.get("total"));
            }
            assertThat(service.bean(RevisionLog.class).listAfter(0, 10))
                    .extracting(Revision::reason)
                    .isEqualTo(undisturbed.bean(RevisionLog.class).listAfter(0, 10).stream()
                            .map(Revision::reason)
                            .toList());
        }
    }

    private static boolean hasEndedASessionThatInserts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet ended = statement.executeQuery("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                         where datname = current_database() and query ilike 'insert into capture%'""")) {
            return ended.next();
        }
    }
}
