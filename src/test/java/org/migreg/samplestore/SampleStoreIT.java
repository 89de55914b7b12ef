package org.migreg.samplestore;

import org.migreg.storage.Database;

/** The store of unread samples on PostgreSQL. */
class SampleStoreIT extends SampleStoreKit {

    @Override
    Database database() {
        return Database.postgres();
    }
}
