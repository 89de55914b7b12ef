package org.migreg.expectationstore;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.storage.Database;

/** The store of expectations on H2 in a file. */
class ExpectationStoreTests extends ExpectationStoreKit {

    @TempDir
    static Path directory;

    @Override
    Database database() {
        return Database.h2(directory.resolve("data"));
    }
}
