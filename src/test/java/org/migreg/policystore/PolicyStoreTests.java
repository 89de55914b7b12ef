package org.migreg.policystore;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.storage.Database;

/** The tables' store on H2 in a file. */
class PolicyStoreTests extends PolicyStoreKit {

    @TempDir
    static Path directory;

    @Override
    Database database() {
        return Database.h2(directory.resolve("data"));
    }

    @Override
    boolean databaseIsShared() {
        return false;
    }
}
