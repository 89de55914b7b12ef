package org.migreg.revision;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The room on the disk where H2 keeps its file. H2 closes the database when it cannot write, so writes are refused
 * while there is still some room; a PostgreSQL looks after its own disk.
 */
@Component
class StorageSpace {

    private final @Nullable Path file;
    private final @Nullable Path directory;
    private final DataSize least;

    StorageSpace(DatabaseProduct product, JdbcTemplate jdbc, StoreSettings settings) {
        this.file = product == DatabaseProduct.H2 ? file(jdbc) : null;
        this.directory = file == null ? null : file.getParent();
        this.least = settings.leastFreeSpace();
    }

    private static @Nullable Path file(JdbcTemplate jdbc) {
        String database = jdbc.queryForObject("select database_path()", String.class);
        try {
            Path file = database == null ? null : Path.of(database + ".mv.db").toAbsolutePath();
            return file == null || !Files.isRegularFile(file) ? null : file;
        } catch (InvalidPathException inMemory) {
            return null;
        }
    }

    /** Why no write would be kept, in a sentence; empty where nothing is in the way. */
    Optional<String> obstacle() {
        return missing().or(this::shortage);
    }

    /** H2 would go on writing to a file that has no name any more. */
    private Optional<String> missing() {
        return file == null || Files.exists(file)
                ? Optional.empty()
                : Optional.of(
                        "the database file '" + file + "' has been moved or deleted, and what was written would be lost"
                                + " with this process: move it back, or have a backup made (POST /api/v1/backups), stop the service"
                                + " and restore it");
    }

    /** What is lacking, for people; empty where there is room, or where it is not known how much. */
    private Optional<String> shortage() {
        if (directory == null) {
            return Optional.empty();
        }
        try {
            FileStore store = Files.getFileStore(directory);
            long free = store.getUsableSpace();
            return free >= least.toBytes()
                    ? Optional.empty()
                    : Optional.of("writing needs " + text(least.toBytes()) + " of free space in " + directory
                            + ", where there are " + text(free)
                            + ": free some, then try again; reading and evaluating go on meanwhile");
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static String text(long bytes) {
        long mebibyte = DataSize.ofMegabytes(1).toBytes();
        return bytes < mebibyte ? bytes / 1024 + " KiB" : bytes / mebibyte + " MiB";
    }

    /**
     * @throws DatabaseUnavailableException when there is too little to write, or nothing to write to
     */
    void require() {
        missing().ifPresent(missing -> {
            throw new DatabaseUnavailableException(
                    DatabaseTrouble.UNAVAILABLE, missing + "; nothing was written", null);
        });
        shortage().ifPresent(shortage -> {
            throw new DatabaseUnavailableException(DatabaseTrouble.FULL, shortage + "; nothing was written", null);
        });
    }
}
