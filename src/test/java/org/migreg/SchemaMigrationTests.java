package org.migreg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a first start was cut off while it made the tables, the next one makes them; what was written stays. */
class SchemaMigrationTests {

    private static final Path MIGRATIONS = Path.of("db/migration");

    @TempDir
    private Path directory;

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("migreg")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
    }

    private Flyway flyway(String target) {
        return Flyway.configure()
                .dataSource(url(), "sa", "")
                .locations("filesystem:" + MIGRATIONS)
                .target(target)
                .load();
    }

    private void run(List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private long count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<String> statements(Path migration) throws IOException {
        String text = Files.readString(migration, StandardCharsets.UTF_8).replaceAll("(?m)^ *--.*$", "");
        return Arrays.stream(text.split(";", -1))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    @TestFactory
    List<DynamicTest> aFirstStartThatWasCutOffIsMadeGood() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (int version = 1; version <= 6; version++) {
            String before = Integer.toString(version - 1);
            Path cutOff = migration(version);
            List<String> statements = statements(cutOff);
            IntStream.of(1, statements.size())
                    .mapToObj(done -> DynamicTest.dynamicTest(cutOff.getFileName() + " after " + done, () -> {
                        Files.deleteIfExists(directory.resolve("migreg.mv.db"));
                        if (!before.equals("0")) {
                            flyway(before).migrate();
                        }
                        run(statements.subList(0, done));

                        new SchemaMigration().migrate(flyway("latest"));

                        assertThat(count("registry_head")).isEqualTo(1);
                        assertThat(count("expectation_version")).isZero();
                    }))
                    .forEach(tests::add);
        }
        return tests;
    }

    private static Path migration(int version) throws IOException {
        try (var files = Files.list(MIGRATIONS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("V" + version + "__"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatHasBeenWrittenIsNeverDropped() throws IOException, SQLException {
        flyway("5").migrate();
        run(List.of("insert into draft values ('kept', 1, '', 0, 'alice', current_timestamp, 'alice',"
                + " current_timestamp, null)"));
        run(statements(migration(6)).subList(0, 1));

        assertThatThrownBy(() -> new SchemaMigration().migrate(flyway("latest")))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("expectation_version");
        assertThat(count("draft")).isEqualTo(1);
    }

    private void upgradeByALaterVersion(String migration) throws IOException {
        Path later = Files.createDirectories(directory.resolve("later"));
        Files.writeString(later.resolve(migration), "alter table draft add column later_only varchar(9);");
        Flyway.configure()
                .dataSource(url(), "sa", "")
                .locations("filesystem:" + MIGRATIONS, "filesystem:" + later)
                .load()
                .migrate();
    }

    @Test
    void anOlderVersionGoesOnWhereALaterOneHasAdded() throws IOException, SQLException {
        upgradeByALaterVersion("V1000__more_of_drafts.sql");

        new SchemaMigration().migrate(flyway("latest"));

        assertThat(count("registry_head")).isEqualTo(1);
    }

    @Test
    void anOlderVersionRefusesWhatALaterOneHasTakenAway() throws IOException {
        upgradeByALaterVersion("V1000__contract_drafts.sql");

        assertThatThrownBy(() -> new SchemaMigration().migrate(flyway("latest")))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("A later version of migreg")
                .hasMessageContaining("migration 1000, 'contract drafts'");
    }
}
