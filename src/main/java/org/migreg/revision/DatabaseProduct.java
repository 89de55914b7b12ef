package org.migreg.revision;

/** What keeps the data. */
enum DatabaseProduct {
    /** Within this process, in a file of its own. */
    H2,
    /** A server, which other instances may share. */
    POSTGRESQL
}
