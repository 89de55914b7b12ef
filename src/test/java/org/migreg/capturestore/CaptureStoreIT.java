package org.migreg.capturestore;

import org.migreg.storage.Database;

/** The captures' store on PostgreSQL. */
class CaptureStoreIT extends CaptureStoreKit {

    @Override
    Database database() {
        return Database.postgres();
    }
}
