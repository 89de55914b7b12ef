package org.migreg.storage;

/** The schema on PostgreSQL. */
class SchemaIT extends SchemaKit {

    @Override
    Database database() {
        return Database.postgres();
    }
}
