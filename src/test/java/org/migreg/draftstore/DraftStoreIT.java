package org.migreg.draftstore;

import org.migreg.storage.Database;

/** The store of drafts on PostgreSQL. */
class DraftStoreIT extends DraftStoreKit {

    @Override
    Database database() {
        return Database.postgres();
    }
}
