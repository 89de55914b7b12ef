package org.migreg.policystore;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableDifference;

/**
 * What came of a change.
 *
 * @param revision the tables after it; those before it where it changed nothing
 * @param newEntryIds the ids of the added entries, in the order of the edits
 * @param difference what it changed
 */
public record Applied(TableRevision revision, List<Long> newEntryIds, TableDifference difference) {

    public Applied {
        newEntryIds = List.copyOf(newEntryIds);
    }

    /** The revision that it made; null where it made none. */
    public @Nullable Long revisionMade() {
        return changed() ? revision.number() : null;
    }

    /** Whether it made a revision. */
    public boolean changed() {
        return !difference.isEmpty();
    }
}
