package org.migreg.policystore;

import org.migreg.policy.TableRevision;

/** Looks at a change while nobody else can write, and refuses it by throwing. */
@FunctionalInterface
public interface TableReview {

    /**
     * Runs in the transaction of the write: what it does to the database is undone with it.
     *
     * @param after the tables as the revision that is being made
     */
    void review(TableRevision before, TableRevision after);
}
