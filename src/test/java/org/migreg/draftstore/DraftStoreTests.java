package org.migreg.draftstore;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.storage.Database;

/** The store of drafts on H2 in a file. */
class DraftStoreTests extends DraftStoreKit {

    @TempDir
    static Path directory;

    @Override
    Database database() {
        return Database.h2(directory.resolve("data"));
    }
}
