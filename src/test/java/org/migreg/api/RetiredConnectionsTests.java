package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pool replaces each connection after a while. Writes go on when those are gone over which the schema was made,
 * whichever version made it.
 */
class RetiredConnectionsTests {

    @TempDir
    private Path directory;

    @Test
    void everyWriteIsTakenOnANewDatabase() throws SQLException {
        try (RunningService service = new RunningService(directory)) {
            retireEveryConnection(service);

            EveryWrite.of(service, "new");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyWriteIsTakenOnADatabaseOfEachSchemaBefore(int version) throws SQLException {
        String url = "jdbc:h2:file:" + directory.resolve("migreg")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
        Flyway.configure()
                .dataSource(url, "sa", "")
                .locations("filesystem:db/migration")
                .target(Integer.toString(version))
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("insert into revision values (1, current_timestamp, 'alice', 'as it was', 'TABLES')");
            statement.execute("update registry_head set revision = 1, tables_revision = 1");
            if (version >= 2) {
                statement.execute("insert into machine_type_version values ('virt-1.0', 1, null, 'aarch64', null, '')");
                statement.execute("insert into policy_entry_version values (1, 1, null, 'virt-1.0',"
                        + " 'x-mig-hidden-regs', '0x603000000013c103', 'upstream', '*', null, null, 'why', '[]')");
            }
        }
        try (RunningService service = new RunningService(directory)) {
            retireEveryConnection(service);

            EveryWrite.of(service, "upgraded");

            if (version >= 2) {
                assertThat(service.get("/api/v1/machine-types/virt-1.0/entries/1")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    /** While another one keeps the database open: it must not be opened anew by this. */
    private static void retireEveryConnection(RunningService service) throws SQLException {
        HikariDataSource pool = service.bean(HikariDataSource.class);
        try (Connection keepsItOpen =
                        DriverManager.getConnection(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
                Statement statement = keepsItOpen.createStatement()) {
            Set<Long> old = sessions(statement);
            assertThat(old).isNotEmpty();
            pool.getHikariPoolMXBean().softEvictConnections();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                Set<Long> left = sessions(statement);
                assertThat(left).doesNotContainAnyElementsOf(old).isNotEmpty();
            });
        }
    }

    /** All but the asking one. */
    private static Set<Long> sessions(Statement statement) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        try (ResultSet rows = statement.executeQuery(
                "select session_id from information_schema.sessions where session_id <> session_id()")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }
}
