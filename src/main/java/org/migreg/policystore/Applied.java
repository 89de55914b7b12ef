package org.migreg.policystore;

import java.util.List;
import org.migreg.policy.TableRevision;

/**
 * What came of a change, or would come of it.
 *
 * @param revision the tables after it; those before it where it changed nothing
 * @param newEntryIds the ids of the added entries, in the order of the edits
 * @param changed whether it made a revision, or would make one
 */
public record Applied(TableRevision revision, List<Long> newEntryIds, boolean changed) {

    public Applied {
        newEntryIds = List.copyOf(newEntryIds);
    }
}
