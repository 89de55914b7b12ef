package org.migreg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A start never begins anew, nor with an older state, where there was a database: it says what is wrong with it. */
class DatabaseFileTests {

    /** H2 writes whole blocks. */
    private static final int BLOCK = 4096;

    @TempDir
    private Path directory;

    private Path file;
    private Path token;

    @BeforeEach
    void nameFiles() {
        file = directory.resolve("migreg.mv.db");
        token = directory.resolve("admin-token");
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("migreg") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0";
    }

    private void start(String... settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("migreg.data-dir", directory.toString());
        properties.put("spring.datasource.url", url());
        properties.put("spring.datasource.username", "sa");
        for (String setting : settings) {
            properties.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        new DatabaseFile().postProcessEnvironment(environment, new SpringApplication());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertThatStartIsRefused(String where) {
        return assertThatThrownBy(this::start, where)
                .isInstanceOfSatisfying(
                        UnusableDatabaseException.class,
                        refused -> assertThat(refused.remedy()).isNotBlank())
                .hasMessageContaining("'" + file + "'");
    }

    /** Written to in two goes, so that it has an older state, too. */
    private void writeDatabase() throws IOException, SQLException {
        for (int go = 0; go < 2; go++) {
            try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "create table if not exists t (id int generated always as identity primary key, text varchar)");
                for (int i = 0; i < 50; i++) {
                    statement.execute("insert into t (text) values (repeat('x', 1000))");
                }
            }
        }
        Files.writeString(token, "a token that the first start left");
    }

    @Test
    void aDatabaseThatIsWholeIsTakenAndSoIsADirectoryWithoutOne() throws IOException, SQLException {
        assertThatCode(this::start).doesNotThrowAnyException();
        assertThat(file).doesNotExist();

        writeDatabase();
        assertThatCode(this::start).doesNotThrowAnyException();
    }

    @Test
    void anEmptyFileIsNotStartedOver() throws IOException {
        Files.createFile(file);

        assertThatStartIsRefused("with " + file).hasMessageContaining("is empty (0 bytes)");
        assertThat(file).isEmptyFile();
    }

    @Test
    void whereATokenShowsThatThereWasADatabaseANewOneIsMadeOnlyOnPurpose() throws IOException {
        Files.writeString(token, "a token that the first start left");

        assertThatStartIsRefused("with " + file)
                .hasMessageContaining("is missing")
                .hasMessageContaining(token.toString())
                .extracting(refused -> ((UnusableDatabaseException) refused).remedy())
                .asString()
                .contains("--migreg.new-database=true");
        assertThatCode(() -> start("migreg.new-database=true")).doesNotThrowAnyException();
        Files.delete(token);
        assertThatCode(this::start).doesNotThrowAnyException();
    }

    @Test
    void aNewDatabaseOnPurposeIsNoneInPlaceOfAFile() throws IOException {
        Files.createFile(file);

        assertThatThrownBy(() -> start("migreg.new-database=true")).hasMessageContaining("is empty (0 bytes)");
    }

    @Test
    void aFileThatIsCutShortIsRefusedWhereverItIsCut() throws IOException, SQLException {
        writeDatabase();
        byte[] whole = Files.readAllBytes(file);
        assertThat(whole.length).isGreaterThan(20 * BLOCK);
        for (int size = 0; size < whole.length; size += BLOCK / 2) {
            Files.write(file, Arrays.copyOf(whole, size));

            assertThatStartIsRefused("cut to " + size + " of " + whole.length);
        }
        Files.write(file, whole);
        assertThatCode(this::start).doesNotThrowAnyException();
    }

    @Test
    void aFileThatIsOverwrittenIsRefused() throws IOException, SQLException {
        writeDatabase();
        byte[] whole = Files.readAllBytes(file);
        int[][] ranges = {
            {0, whole.length}, {0, 2 * BLOCK}, {2 * BLOCK, whole.length}, {whole.length - BLOCK, whole.length}
        };
        for (int[] range : ranges) {
            byte[] garbage = new byte[range[1] - range[0]];
            for (int go = 0; go < 2; go++) {
                byte[] overwritten = whole.clone();
                System.arraycopy(garbage, 0, overwritten, range[0], garbage.length);
                Files.write(file, overwritten);

                assertThatStartIsRefused((go == 0 ? "zeros" : "garbage") + " from " + range[0]);
                new Random(go).nextBytes(garbage);
            }
        }
    }

    @Test
    void whatAKilledProcessLeftIsTaken() throws IOException, SQLException {
        writeDatabase();
        Path copied = directory.resolve("copied");
        try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("insert into t (text) values ('acknowledged')");
            statement.execute("checkpoint sync");
            Files.copy(file, copied);
        }
        Files.write(file, Files.readAllBytes(copied));

        assertThatCode(this::start).doesNotThrowAnyException();
    }

    @Test
    void aDatabaseThatRefusesThePasswordIsNotCalledDamaged() throws IOException, SQLException {
        writeDatabase();

        assertThatCode(() -> start("spring.datasource.password=wrong")).doesNotThrowAnyException();
    }

    @Test
    void aFileWithoutTablesIsTakenOnlyWhereNoStartHasComeAsFarAsToMakeThem() throws IOException, SQLException {
        DriverManager.getConnection(url(), "sa", "").close();
        assertThat(file).isNotEmptyFile();
        assertThatCode(this::start).doesNotThrowAnyException();

        Files.writeString(token, "a token that the first start left");
        assertThatStartIsRefused("with " + file).hasMessageContaining("holds no tables any more");
    }

    @Test
    void aFileThatMayNotBeWrittenIsRefused() throws IOException, SQLException {
        writeDatabase();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeThat(Files.isWritable(file)).as("for this user, root perhaps").isFalse();

        assertThatStartIsRefused("with " + file).hasMessageContaining("may not be written by this user");
    }

    @Test
    void aDirectoryInPlaceOfTheFileIsRefused() throws IOException {
        Files.createDirectory(file);

        assertThatStartIsRefused("with " + file).hasMessageContaining("is not a file");
    }

    @Test
    void otherDatabasesAreNoneOfItsBusiness() throws IOException {
        Files.writeString(token, "a token that the first start left");

        assertThatCode(() -> start("spring.datasource.url=jdbc:postgresql://db.example.org/migreg"))
                .doesNotThrowAnyException();
        assertThatCode(() -> start("spring.datasource.url=jdbc:h2:mem:migreg")).doesNotThrowAnyException();
    }
}
