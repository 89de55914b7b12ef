package org.migreg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService;

/** What an operator sees of a process that cannot start with its database: a sentence, a remedy, an exit code. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UnusableDatabaseIT {

    @TempDir
    private Path directory;

    private record Ended(int exitCode, String output) {}

    private Ended start() throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MigregApplication.class.getName(),
                        "--server.port=0",
                        "--migreg.data-dir=" + data(),
                        "--logging.structured.format.console=")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            return new Ended(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path file() {
        return data().resolve("migreg.mv.db");
    }

    private void assertThatStartEndsWith(String what) throws IOException, InterruptedException {
        Ended ended = start();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains("APPLICATION FAILED TO START")
                .contains(what)
                .contains("docs/storage.md, Restore")
                .doesNotContain("\tat ");
    }

    @Test
    void anEmptyFileACutOneAndAMissingOneAreNotStartedOver() throws IOException, InterruptedException {
        new RunningService(data()).close();
        byte[] whole = Files.readAllBytes(file());

        Files.write(file(), new byte[0]);
        assertThatStartEndsWith("The database file '" + file() + "' is empty (0 bytes).");
        assertThat(file()).isEmptyFile();

        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
        assertThatStartEndsWith("The database file '" + file() + "' is cut short or overwritten");
        assertThat(file()).hasSize(whole.length / 2);

        Files.delete(file());
        assertThatStartEndsWith("The database file '" + file() + "' is missing");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aCaptureThatTheDiskGivesOtherwiseThanItWasWrittenIsNamed()
            throws IOException, InterruptedException, SQLException {
        new RunningService(data()).close();
        String id;
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + data().resolve("migreg") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                        "sa",
                        "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id, registers from capture limit 1");
                PreparedStatement update =
                        connection.prepareStatement("update capture set registers = ? where id = ?")) {
            row.next();
            id = row.getString(1);
            byte[] registers = row.getBytes(2);
            int last = registers.length - 1;
            registers[last] = (byte) (registers[last] ^ 1);
            update.setBytes(1, registers);
            update.setString(2, id);
            update.executeUpdate();
        }

        assertThatStartEndsWith("capture " + id + " is not what its id is the digest of");
    }
}
