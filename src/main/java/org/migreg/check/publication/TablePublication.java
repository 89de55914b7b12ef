package org.migreg.check.publication;

import java.util.List;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableMerge;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.policystore.TableEdit;
import org.migreg.policystore.TableReview;
import org.migreg.revision.RevisionLog;
import org.springframework.stereotype.Component;

/** The way by which every change of the tables reaches the store. */
@Component
public class TablePublication {

    private final PolicyStore store;
    private final RevisionLog log;

    TablePublication(PolicyStore store, RevisionLog log) {
        this.store = store;
        this.log = log;
    }

    /**
     * Takes all the edits or none, as one revision; see {@link PolicyStore#apply(List, String, String)} for what it
     * throws.
     */
    public Applied apply(List<TableEdit> edits, String author, String reason) {
        return apply(edits, author, reason, (before, after) -> {});
    }

    /** The same with more to do in the transaction of the write. */
    public Applied apply(List<TableEdit> edits, String author, String reason, TableReview alongside) {
        return store.apply(edits, author, reason, alongside);
    }

    /** Carries a change over to other tables. */
    public TableMerge merge(PolicyTable base, PolicyTable wanted, PolicyTable current) {
        return TableMerge.of(base, wanted, current);
    }

    /** The conflicts, each with who made it. */
    public List<TableConflict> conflicts(TableMerge merge) {
        return merge.conflicts().stream()
                .map(conflict -> TableConflict.of(conflict, store, log))
                .toList();
    }

    /**
     * @throws ConflictingChangeException where it has conflicts
     */
    public void requireNoConflict(TableMerge merge) {
        if (!merge.conflicts().isEmpty()) {
            throw new ConflictingChangeException(conflicts(merge));
        }
    }
}
