package org.migreg.policystore;

import org.migreg.storage.Database;

/** The tables' store on PostgreSQL. */
class PolicyStoreIT extends PolicyStoreKit {

    @Override
    Database database() {
        return Database.postgres();
    }

    @Override
    boolean databaseIsShared() {
        return true;
    }
}
