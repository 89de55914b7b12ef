package org.migreg.capturestore;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.storage.Database;

/** The captures' store on H2 in a file. */
class CaptureStoreTests extends CaptureStoreKit {

    @TempDir
    static Path directory;

    @Override
    Database database() {
        return Database.h2(directory.resolve("data"));
    }
}
