package org.migreg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Looks at the file of an H2 database before the service opens it, so that the service never starts over, nor from
 * an older state, where there was something, and says in a sentence what is wrong.
 */
final class DatabaseFile implements EnvironmentPostProcessor, Ordered {

    static final String NEW_DATABASE = "migreg.new-database";

    private static final String H2_FILE = "jdbc:h2:file:";
    private static final String SUFFIX = ".mv.db";
    static final String RESTORE =
            "Put a backup in its place while no migreg uses it, and start again (docs/storage.md, Restore).";

    /**
     * H2's codes for what is no damage: open in another process; a user, password or setting that is refused. Whoever
     * connects says so.
     */
    private static final Set<Integer> NO_DAMAGE = Set.of(90020, 28000, 90011, 90046, 90059, 90066, 90088, 90113, 90138);

    /** In bytes: below this nobody minds how much of a file is empty. */
    private static final long SMALL = 64L << 20;

    private static final long PERCENT = 100;

    /** After {@link DataDirectory}. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String url = environment.getProperty("spring.datasource.url");
        String dataDirectory = environment.getProperty(DataDirectory.PROPERTY);
        if (url == null || dataDirectory == null || !url.startsWith(H2_FILE)) {
            return;
        }
        Path file = file(url);
        Path token = Path.of(dataDirectory, "admin-token");
        if (!Files.exists(file)) {
            boolean mayBeNew = environment.getProperty(NEW_DATABASE, Boolean.class, false);
            if (Files.exists(token) && !mayBeNew) {
                throw new UnusableDatabaseException(
                        "The database file '" + file + "' is missing, but '" + token
                                + "' shows that there has been a database.",
                        "Put a backup of the file there (docs/storage.md, Restore), or set SPRING_DATASOURCE_URL if the"
                                + " database is elsewhere. To start anew on purpose, move '" + token
                                + "' away, or keep it and start once with --" + NEW_DATABASE + "=true.");
            }
            return;
        }
        requireUsable(file);
        requireWhole(file, token);
        requireReadable(
                url,
                environment.getProperty("spring.datasource.username"),
                environment.getProperty("spring.datasource.password"),
                file,
                token);
    }

    private static Path file(String url) {
        int end = url.indexOf(';');
        String path = url.substring(H2_FILE.length(), end < 0 ? url.length() : end);
        return Path.of(path + SUFFIX).toAbsolutePath().normalize();
    }

    private static void requireUsable(Path file) {
        Optional<String> wrong = Optional.empty();
        if (!Files.isRegularFile(file)) {
            wrong = Optional.of("is not a file");
        } else if (!Files.isReadable(file)) {
            wrong = Optional.of("may not be read by this user");
        } else if (!Files.isWritable(file)) {
            wrong = Optional.of("may not be written by this user");
        }
        if (wrong.isPresent()) {
            throw new UnusableDatabaseException(
                    "The database file '" + file + "' " + wrong.get() + ".",
                    "Give the user that migreg runs as the right to read and write it.");
        }
    }

    private static void requireWhole(Path file, Path token) {
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw damaged(file, token, "is empty (0 bytes)", null);
            }
            Optional<H2FileHeader> header = H2FileHeader.read(file);
            if (header.isPresent() && !header.get().newestPartIsIn(file)) {
                throw damaged(
                        file,
                        token,
                        "is cut short or overwritten: the newest part, which should begin at byte "
                                + header.get().begin() + " of its " + size + ", is not whole",
                        null);
            }
        } catch (IOException unreadable) {
            throw damaged(file, token, "cannot be read (" + unreadable + ")", unreadable);
        }
    }

    private static void requireReadable(
            String url, @Nullable String user, @Nullable String password, Path file, Path token) {
        // That another process has it open is no news to write beside the file.
        try (Connection connection = DriverManager.getConnection(url + ";TRACE_LEVEL_FILE=0", user, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from information_schema.tables" + " where table_schema = current_schema")) {
            // Without a token no start has come as far as to make the tables: that one was cut off.
            if (rows.next() && rows.getLong(1) == 0 && Files.exists(token)) {
                throw damaged(file, token, "holds no tables any more", null);
            }
            if (isMostlyEmpty(statement, file)) {
                // Writes what counts to another file, which then takes this one's place.
                statement.execute("shutdown compact");
            }
        } catch (SQLException failure) {
            if (!NO_DAMAGE.contains(failure.getErrorCode())) {
                throw damaged(file, token, "is damaged: H2 cannot open it (" + firstLine(failure) + ")", failure);
            }
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException failure) {
            // H2 reads some of its own structures unguarded.
            throw damaged(file, token, "is damaged: H2 cannot open it (" + firstLine(failure) + ")", failure);
        }
    }

    private static boolean isMostlyEmpty(Statement statement, Path file) throws SQLException {
        long size = info(statement, "FILE_SIZE");
        long filled = size / PERCENT * info(statement, "FILL_RATE") / PERCENT * info(statement, "CHUNKS_FILL_RATE");
        return size > SMALL && filled < size / 2 && file.toFile().getUsableSpace() > size;
    }

    private static long info(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select setting_value from information_schema.settings where setting_name = 'info." + name + "'")) {
            return row.next() ? Long.parseLong(row.getString(1).replace("%", "")) : 0;
        }
    }

    private static UnusableDatabaseException damaged(Path file, Path token, String what, @Nullable Throwable cause) {
        return new UnusableDatabaseException(
                "The database file '" + file + "' " + what + ".",
                RESTORE + " To start anew on purpose, move '" + file + "' and '" + token + "' away.",
                cause);
    }

    /** What a failure says, without the statement that it befell, and without H2's remedy, which is not ours. */
    static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines()
                .findFirst()
                .orElse(message)
                .replaceFirst("; SQL statement:$", "")
                .replaceFirst("\\. Possible solution: use the recovery tool", "");
    }
}
