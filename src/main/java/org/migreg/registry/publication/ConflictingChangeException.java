package org.migreg.registry.publication;

import java.util.List;

/** A change cannot be carried over to the newest tables, since others changed the same things. */
public final class ConflictingChangeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // Never serialized; RuntimeException only says it could be.
    private final transient List<TableConflict> conflicts;

    ConflictingChangeException(List<TableConflict> conflicts) {
        super((conflicts.size() == 1 ? "there is a conflict" : "there are " + conflicts.size() + " conflicts")
                + " with later revisions; the first: " + conflicts.getFirst().sentence());
        this.conflicts = List.copyOf(conflicts);
    }

    /** At least one. */
    public List<TableConflict> conflicts() {
        return conflicts;
    }
}
