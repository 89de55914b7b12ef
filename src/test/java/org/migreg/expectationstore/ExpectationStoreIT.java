package org.migreg.expectationstore;

import org.migreg.storage.Database;

/** The store of expectations on PostgreSQL. */
class ExpectationStoreIT extends ExpectationStoreKit {

    @Override
    Database database() {
        return Database.postgres();
    }
}
