package org.migreg.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the commands do, from outside of the service. */
final class Backups {

    /** H2: another process has it open. */
    private static final int IN_USE = 90020;

    private Backups() {}

    static Backup make(DatabaseSettings settings, Path file) throws IOException, InterruptedException {
        H2Backup.requireAbsent(file);
        if (settings.isPostgresql()) {
            run(settings, "pg_dump", "--format=custom", "--file=" + file, "--dbname=" + settings.libpqUri());
            return new Backup(file.toString(), newestRevision(settings), Files.size(file));
        }
        requireDatabase(settings);
        try (Connection connection = connect(settings)) {
            return H2Backup.make(connection, file);
        } catch (SQLException failure) {
            if (failure.getErrorCode() != IN_USE) {
                throw new MaintenanceException("the database cannot be opened: " + failure.getMessage(), failure);
            }
            return makeByService(settings, file);
        }
    }

    /** Only the process that has an H2 database open can read it. */
    private static Backup makeByService(DatabaseSettings settings, Path file) throws IOException, InterruptedException {
        JsonNode body = new ServiceCalls(settings).call("POST", "/api/v1/backups", null);
        Files.move(Path.of(body.get("file").asString()), file);
        return new Backup(
                file.toString(),
                body.get("revision").asLong(),
                body.get("bytes").asLong());
    }

    static String restore(DatabaseSettings settings, Path file) throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new MaintenanceException(file + " is not there, or may not be read by this user");
        }
        if (settings.isPostgresql()) {
            run(
                    settings,
                    "pg_restore",
                    "--exit-on-error",
                    "--single-transaction",
                    "--no-owner",
                    "--dbname=" + settings.libpqUri(),
                    file.toString());
            return settings.libpqUri() + ": restored up to revision " + newestRevision(settings);
        }
        return settings.dataDirectory() + ": restored up to revision "
                + H2Backup.restore(file, settings.dataDirectory());
    }

    static String moveToPostgresql(DatabaseSettings settings, String url, String username, @Nullable String password) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new MaintenanceException(
                    "'" + url + "' is not the address of a PostgreSQL: jdbc:postgresql://HOST/DATABASE");
        }
        if (settings.isPostgresql()) {
            throw new MaintenanceException("the service is set up to use a PostgreSQL already: " + settings.libpqUri());
        }
        requireDatabase(settings);
        try (Connection from = connect(settings)) {
            // A newer jar than the one that wrote it: both have the same tables then.
            migrate(settings.url(), settings.username(), settings.password());
            migrate(url, username, password);
            try (Connection to = DriverManager.getConnection(url, username, password)) {
                to.setAutoCommit(false);
                Map<String, Long> rows = new TableCopy(from, to).copy();
                to.commit();
                return rows.entrySet().stream()
                        .map(table -> table.getKey() + ": " + table.getValue() + " rows")
                        .collect(Collectors.joining(
                                "\n",
                                "",
                                "\nAll was copied and compared. Start the service with" + " SPRING_DATASOURCE_URL="
                                        + url + " and SPRING_DATASOURCE_USERNAME=" + username));
            }
        } catch (SQLException failure) {
            throw new MaintenanceException(
                    failure.getErrorCode() == IN_USE
                            ? "a process has the H2 database open: stop the service first"
                            : "nothing was copied: " + failure.getMessage(),
                    failure);
        }
    }

    private static void migrate(String url, @Nullable String username, @Nullable String password) {
        Flyway.configure()
                .dataSource(url, username, password)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private static void requireDatabase(DatabaseSettings settings) {
        if (!Files.exists(settings.dataDirectory().resolve("migreg.mv.db"))) {
            throw new MaintenanceException("there is no database in " + settings.dataDirectory()
                    + ": say where it is with --migreg.data-dir=DIR");
        }
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        // That a service has it open is no news, which H2 would else leave in a file beside the database.
        String url = settings.isPostgresql() ? settings.url() : settings.url() + ";TRACE_LEVEL_FILE=0";
        return DriverManager.getConnection(url, settings.username(), settings.password());
    }

    private static long newestRevision(DatabaseSettings settings) {
        try (Connection connection = connect(settings)) {
            return H2Backup.newestRevision(connection);
        } catch (SQLException failure) {
            throw new MaintenanceException("the database cannot be asked: " + failure.getMessage(), failure);
        }
    }

    private static void run(DatabaseSettings settings, String... command) throws InterruptedException {
        ProcessBuilder program = new ProcessBuilder(List.of(command)).inheritIO();
        program.environment().put("PGUSER", settings.username());
        String password = settings.password();
        if (password != null && !password.isEmpty()) {
            program.environment().put("PGPASSWORD", password);
        }
        try {
            int code = program.start().waitFor();
            if (code != 0) {
                throw new MaintenanceException(command[0] + " failed with exit code " + code);
            }
        } catch (IOException missing) {
            throw new MaintenanceException(
                    command[0] + " is needed, of the PostgreSQL's version or later, and cannot be run: "
                            + missing.getMessage(),
                    missing);
        }
    }
}
