package org.migreg.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Backups of an H2 database: a zip with the one file, as H2's BACKUP makes it, of a state in which every acknowledged
 * write is whole. Made while the service runs, and put back while it does not.
 */
public final class H2Backup {

    private static final String FILE = "migreg.mv.db";

    private H2Backup() {}

    /**
     * @param connection to the database, which others may write to meanwhile
     * @param zip must not be there
     * @throws NotEmbeddedException when it is not H2's
     */
    public static Backup make(Connection connection, Path zip) {
        requireAbsent(zip);
        try {
            if (!connection.getMetaData().getDatabaseProductName().equals("H2")) {
                throw new NotEmbeddedException();
            }
            Files.createDirectories(zip.toAbsolutePath().getParent());
            // Where it is made it is for its owner alone, from its first byte.
            Files.createFile(zip, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (PreparedStatement backup = connection.prepareStatement("backup to ?")) {
                backup.setString(1, zip.toString());
                backup.execute();
            }
            return check(zip);
        } catch (SQLException | IOException failure) {
            discard(zip);
            throw new MaintenanceException("the backup " + zip + " cannot be made: " + failure.getMessage(), failure);
        } catch (MaintenanceException unusable) {
            discard(zip);
            throw unusable;
        }
    }

    /** Unpacks it beside itself, and opens it as a start would. */
    private static Backup check(Path zip) throws IOException {
        Path trial = Files.createTempDirectory(zip.toAbsolutePath().getParent(), "backup-check");
        try {
            return new Backup(zip.toAbsolutePath().toString(), restore(zip, trial), Files.size(zip));
        } finally {
            discard(trial.resolve(FILE));
            discard(trial.resolve("migreg.trace.db"));
            discard(trial);
        }
    }

    /**
     * Puts a backup where a start finds it.
     *
     * @param directory the data directory of a service that does not run; must not have a database
     * @return the newest revision in it
     */
    public static long restore(Path zip, Path directory) {
        Path file = directory.resolve(FILE);
        requireAbsent(file);
        Path unpacked = directory.resolve(FILE + ".restoring");
        try {
            Files.createDirectories(directory);
            try (InputStream packed = Files.newInputStream(zip);
                    ZipInputStream entries = new ZipInputStream(packed)) {
                ZipEntry entry = entries.getNextEntry();
                if (entry == null || !entry.getName().equals(FILE)) {
                    throw new MaintenanceException(zip + " is not a backup of migreg's H2 database: it has no " + FILE);
                }
                Files.deleteIfExists(unpacked);
                Files.createFile(
                        unpacked, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                try (var out = Files.newOutputStream(unpacked)) {
                    entries.transferTo(out);
                }
            }
            Files.move(unpacked, file);
            return newestRevision(directory);
        } catch (IOException failure) {
            discard(unpacked);
            throw new MaintenanceException(zip + " cannot be restored: " + failure.getMessage(), failure);
        } catch (SQLException unusable) {
            discard(file);
            throw new MaintenanceException(
                    zip + " was unpacked, but H2 cannot open it: " + unusable.getMessage(), unusable);
        }
    }

    private static long newestRevision(Path directory) throws SQLException {
        String url = "jdbc:h2:file:" + directory.toAbsolutePath().resolve("migreg")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE";
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            return newestRevision(connection);
        }
    }

    static long newestRevision(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet head = statement.executeQuery("select revision from registry_head")) {
            head.next();
            return head.getLong(1);
        }
    }

    static void requireAbsent(Path file) {
        if (Files.exists(file)) {
            throw new MaintenanceException(file + " is there already, and is not overwritten: move it away first");
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // What failed before says more.
        }
    }
}
