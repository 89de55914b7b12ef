package org.migreg.maintenance;

/** The database is a PostgreSQL, which has programs of its own for this. */
public final class NotEmbeddedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotEmbeddedException() {
        super("the database is a PostgreSQL: back it up with pg_dump, or with the command 'backup' of migreg's jar");
    }
}
