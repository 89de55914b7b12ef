package org.migreg.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What every schema change has to keep to, V7 and whatever comes after it, on H2. */
class MigrationsTests {

    private static final String MIGRATIONS = "filesystem:db/migration";
    private static final Path V7 = Path.of("db/migration/V7__constraints_without_lists.sql");

    /** As H2 writes a list of values down: also one that was given as equalities joined by {@code or}. */
    private static final Pattern LIST_OF_VALUES = Pattern.compile("\\bIN\\(");

    private static final Pattern TEXT_OR_NAME = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");

    @TempDir
    private Path directory;

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("migreg")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
    }

    private Flyway flyway(String target, String... locations) {
        return Flyway.configure()
                .dataSource(url(), "sa", "")
                .locations(locations)
                .target(target)
                .load();
    }

    /** Checks and generated columns that stop working once the connection that made them is closed, by name. */
    private Map<String, String> boundToTheirConnection() throws SQLException {
        Map<String, String> bound = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select constraint_name, check_clause from information_schema.check_constraints
                        union all
                        select table_name || '.' || column_name, generation_expression
                        from information_schema.columns where generation_expression is not null""")) {
            int seen = 0;
            while (rows.next()) {
                seen++;
                String expression = TEXT_OR_NAME.matcher(rows.getString(2)).replaceAll("_");
                if (LIST_OF_VALUES.matcher(expression).find()) {
                    bound.put(rows.getString(1), rows.getString(2));
                }
            }
            assertThat(seen).isGreaterThanOrEqualTo(10);
        }
        return bound;
    }

    @Test
    void noCheckIsBoundToTheConnectionThatMadeIt() throws SQLException {
        flyway("latest", MIGRATIONS).migrate();

        assertThat(boundToTheirConnection())
                .as("H2 refuses every write to their tables once that connection is closed: write them as V7 does")
                .isEmpty();
    }

    @TestFactory
    List<DynamicTest> aCheckThatIsBoundIsFound() {
        Map<String, String> planted = new TreeMap<>();
        planted.put("a list", "create table planted (a varchar(9), constraint bad check (a in ('x', 'y')))");
        planted.put("what is not in a list", "create table planted (a int, constraint bad check (a not in (1, 2)))");
        planted.put(
                "equalities joined by or",
                "create table planted (a varchar(9), constraint bad check (a = 'x' or a = 'y'))");
        planted.put(
                "the same within a case",
                "create table planted (a varchar(9), constraint bad check"
                        + " (case when a = 'x' or a = 'y' then true else false end))");
        planted.put(
                "a check added to a table",
                "create table planted (a int); alter table planted add constraint bad check (a in (1, 2))");
        planted.put("a domain", "create domain word as varchar(9) constraint bad check (value in ('x', 'y'))");
        planted.put(
                "a generated column",
                "create table planted (a varchar(9), bad boolean generated always as (a in ('x', 'y')))");
        return planted.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    deleteDatabase();
                    migrateAndThen(each.getValue());
                    assertThat(boundToTheirConnection().keySet()).hasSize(1).allMatch(name -> name.endsWith("bad"));
                }))
                .toList();
    }

    @Test
    void checksOfOtherKindsAreNotTakenForBoundOnes() throws IOException, SQLException {
        migrateAndThen("""
                create table planted (
                    a varchar(9),
                    b int,
                    "IN(" varchar(9),
                    check (case when a = 'x' then true when a = 'y' then true else false end),
                    check (a <> ' IN(' and "IN(" <> 'it''s IN('),
                    check (b between 1 and 2 or b is null),
                    check (a like 'x%' or regexp_like(a, '^(x|y)$')))""");

        assertThat(boundToTheirConnection()).isEmpty();
    }

    private void migrateAndThen(String statements) throws IOException {
        Path further = Files.createDirectories(directory.resolve("further"));
        Files.writeString(further.resolve("V1000__planted.sql"), statements);
        flyway("latest", MIGRATIONS, "filesystem:" + further).migrate();
    }

    private void deleteDatabase() throws IOException {
        Files.deleteIfExists(directory.resolve("migreg.mv.db"));
    }

    /** H2 commits each statement of a schema change by itself. */
    @TestFactory
    List<DynamicTest> theReplacementOfChecksCanRunAgainWhereItWasCutOff() throws IOException {
        List<String> statements = Arrays.stream(
                        Files.readString(V7).replaceAll("(?m)^--.*$", "").split(";", -1))
                .filter(statement -> !statement.isBlank())
                .toList();
        assertThat(statements).hasSizeGreaterThan(1);
        return IntStream.rangeClosed(1, statements.size())
                .mapToObj(done -> DynamicTest.dynamicTest("after " + done + " statements", () -> {
                    deleteDatabase();
                    flyway("6", MIGRATIONS).migrate();
                    run(statements.subList(0, done));

                    flyway("latest", MIGRATIONS).migrate();

                    assertThat(boundToTheirConnection()).isEmpty();
                }))
                .toList();
    }

    private void run(List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
