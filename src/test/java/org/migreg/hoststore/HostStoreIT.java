package org.migreg.hoststore;

import org.migreg.storage.Database;

/** The hosts' store on PostgreSQL. */
class HostStoreIT extends HostStoreKit {

    @Override
    Database database() {
        return Database.postgres();
    }
}
