package org.migreg.history;

/** What a revision changed. */
public enum RevisionKind {
    /** Machine types and entries. */
    TABLES,
    /** Captured register lists and their attributes. */
    CAPTURES,
    /** Which capture each host has. */
    HOSTS,
    /** The tests of the tables. */
    EXPECTATIONS
}
