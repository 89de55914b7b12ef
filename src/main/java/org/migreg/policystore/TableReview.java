package org.migreg.policystore;

/** Looks at a change while nobody else can write, and refuses it by throwing. */
@FunctionalInterface
public interface TableReview {

    /**
     * Runs in the transaction of the write: what it does to the database is undone with it.
     *
     * @param change what is being written
     * @param revision the number that it has if it is not refused
     */
    void review(TablePreview change, long revision);
}
