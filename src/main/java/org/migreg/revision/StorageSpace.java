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

    private final @Nullable Path directory;
    private final DataSize least;

    StorageSpace(DatabaseProduct product, JdbcTemplate jdbc, StoreSettings settings) {
        this.directory = product == DatabaseProduct.H2 ? directory(jdbc) : null;
        this.least = settings.leastFreeSpace();
    }

    private static @Nullable Path directory(JdbcTemplate jdbc) {
        String file = jdbc.queryForObject("select database_path()", String.class);
        try {
            Path directory =
                    file == null ? null : Path.of(file).toAbsolutePath().getParent();
            return directory == null || !Files.isDirectory(directory) ? null : directory;
        } catch (InvalidPathException inMemory) {
            return null;
        }
    }

    /** What is lacking, for people; empty where there is room, or where it is not known how much. */
    Optional<String> shortage() {
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
     * @throws DatabaseUnavailableException when there is too little to write
     */
    void require() {
        shortage().ifPresent(shortage -> {
            throw new DatabaseUnavailableException(DatabaseTrouble.FULL, shortage + "; nothing was written", null);
        });
    }
}
