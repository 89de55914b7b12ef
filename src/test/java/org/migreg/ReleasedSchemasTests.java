package org.migreg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.api.RunningService;
import org.migreg.api.RunningService.Answer;
import org.migreg.storage.Database;
import tools.jackson.databind.JsonNode;

/**
 * A database as each released schema had it is brought up to date: what it held is there, and every verdict is the
 * same. The scripts have what each version added; they name their columns, and so go with later schemas, too.
 */
class ReleasedSchemasTests {

    private static final Path RELEASED = Path.of("src/test/resources/released-schemas");
    private static final int NEWEST = 12;

    /** By the kernels' first numbers, as the release of V10 judged them; of the newest no writable masks are known. */
    private static final Map<String, String> VERDICTS = Map.ofEntries(
            Map.entry("6.1 6.1", "COMPATIBLE"),
            Map.entry("6.1 6.12", "INCOMPATIBLE"),
            Map.entry("6.1 7.3", "UNKNOWN"),
            Map.entry("6.12 6.1", "INCOMPATIBLE"),
            Map.entry("6.12 6.12", "COMPATIBLE_WITH_WARNINGS"),
            Map.entry("6.12 7.3", "INCOMPATIBLE"),
            Map.entry("7.3 6.1", "INCOMPATIBLE"),
            Map.entry("7.3 6.12", "INCOMPATIBLE"),
            Map.entry("7.3 7.3", "COMPATIBLE"));

    @TempDir
    private Path directory;

    /** Where a database is, and how to connect. */
    private record Place(String url, String user) {
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, "");
        }

        boolean isH2() {
            return url.startsWith("jdbc:h2:");
        }

        void migrate(String target) {
            Flyway.configure()
                    .dataSource(url, user, "")
                    .locations("filesystem:db/migration")
                    .target(target)
                    .load()
                    .migrate();
        }

        /** What versions up to this one wrote. */
        void fill(int version) throws SQLException, IOException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                for (int each = 1; each <= version; each++) {
                    Path script = RELEASED.resolve("V" + each + ".sql");
                    if (Files.exists(script)) {
                        String text = Files.readString(script, StandardCharsets.UTF_8);
                        statement.execute(isH2() ? text : text.replaceAll("X'([0-9a-f]+)'", "'\\\\x$1'"));
                    }
                }
            }
        }

        /** All rows, by table. */
        Map<String, List<String>> rows() throws SQLException {
            Map<String, List<String>> rows = new TreeMap<>();
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                for (String table : tables(statement)) {
                    rows.put(table, rows(statement, table));
                }
            }
            return rows;
        }

        private static List<String> tables(Statement statement) throws SQLException {
            List<String> tables = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = current_schema"
                            + " and table_name <> 'flyway_schema_history'")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            return tables;
        }

        private static List<String> rows(Statement statement, String table) throws SQLException {
            List<String> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery("select * from " + table)) {
                ResultSetMetaData columns = row.getMetaData();
                while (row.next()) {
                    Map<String, String> values = new TreeMap<>();
                    for (int column = 1; column <= columns.getColumnCount(); column++) {
                        values.put(columns.getColumnName(column), String.valueOf(row.getString(column)));
                    }
                    rows.add(values.toString());
                }
            }
            rows.sort(null);
            return rows;
        }
    }

    private Place h2(String name) {
        return new Place(
                "jdbc:h2:file:" + directory.resolve(name).resolve("migreg")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "sa");
    }

    private static Place postgres() {
        String url = Database.postgres().settings().get(1);
        return new Place(url.substring(url.indexOf('=') + 1), "postgres");
    }

    static Stream<Arguments> versionsAndDatabases() {
        return IntStream.rangeClosed(1, NEWEST)
                .boxed()
                .flatMap(version -> Stream.of(Arguments.of(version, true), Arguments.of(version, false)));
    }

    @Test
    void eachReleasedSchemaIsHere() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("db/migration"))) {
            assertThat(migrations)
                    .as("a schema that is new goes into this test before it is released")
                    .hasSize(NEWEST);
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndDatabases")
    void whatWasWrittenIsThereAfterTheUpgrade(int version, boolean isH2) throws SQLException, IOException {
        Place upgraded = isH2 ? h2("upgraded") : postgres();
        upgraded.migrate(Integer.toString(version));
        upgraded.fill(version);
        upgraded.migrate("latest");

        Place fresh = isH2 ? h2("fresh") : postgres();
        fresh.migrate("latest");
        fresh.fill(version);

        assertThat(upgraded.rows()).isEqualTo(fresh.rows());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 8, NEWEST})
    void everyVerdictIsTheSameAfterTheUpgrade(int version) throws SQLException, IOException {
        Place place = h2("data");
        place.migrate(Integer.toString(version));
        place.fill(version);
        try (RunningService service = new RunningService(directory.resolve("data"), "--migreg.seed=false")) {
            assertThat(verdicts(service, "virt-10.0")).isEqualTo(VERDICTS);
            assertThat(verdicts(service, "virt-10.1")).isEqualTo(VERDICTS);
            assertThat(service.get("/api/v1/revisions/2/diff").text()).contains(">=6.13");
            assertThat(service.write("POST", "/api/v1/machine-types", "{\"name\": \"virt-12.0\"}")
                            .status())
                    .isEqualTo(201);
        }
    }

    private static Map<String, String> verdicts(RunningService service, String machineType) {
        Map<String, String> captures = new TreeMap<>();
        for (JsonNode each : service.get("/api/v1/captures").json().get("items")) {
            String[] numbers = each.at("/kernel/release").asString().split("[.-]", 3);
            captures.put(numbers[0] + "." + numbers[1], each.get("id").asString());
        }
        Map<String, String> verdicts = new TreeMap<>();
        for (String source : new TreeSet<>(captures.keySet())) {
            for (String destination : captures.keySet()) {
                Answer answer = service.write("POST", "/api/v1/evaluations", """
                        {"machineType": "%s", "source": {"capture": "%s"}, "destination": {"capture": "%s"}}""".formatted(
                                machineType, captures.get(source), captures.get(destination)));
                verdicts.put(
                        source + " " + destination, answer.json().get("verdict").asString());
            }
        }
        return verdicts;
    }
}
