package org.migreg.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The schema on H2 in a file. */
class SchemaTests extends SchemaKit {

    @TempDir
    static Path directory;

    @Override
    Database database() {
        return Database.h2(directory.resolve("data"));
    }
}
