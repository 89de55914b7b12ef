package org.migreg.hoststore;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.storage.Database;

/** The hosts' store on H2 in a file. */
class HostStoreTests extends HostStoreKit {

    @TempDir
    static Path directory;

    @Override
    Database database() {
        return Database.h2(directory.resolve("data"));
    }
}
