package org.migreg.registry.publication;

import org.jspecify.annotations.Nullable;
import org.migreg.history.Revision;
import org.migreg.policy.change.TableMerge;
import org.migreg.policystore.PolicyStore;
import org.migreg.revision.NoSuchRevisionException;
import org.migreg.revision.RevisionLog;

/**
 * A conflict with what others wrote, and the revision that wrote it.
 *
 * @param revision the one that last changed what stands in the way; null where it is unknown
 */
public record TableConflict(
        TableMerge.Conflict conflict, @Nullable Revision revision) {

    /** Finds out who it was. */
    static TableConflict of(TableMerge.Conflict conflict, PolicyStore store, RevisionLog log) {
        long number = switch (conflict.changed()) {
            case TableMerge.Thing.OfMachineType(var name) -> store.lastChangeOf(name);
            case TableMerge.Thing.OfEntry(var machineType, var id) -> store.lastChangeOfEntry(id);
        };
        try {
            return new TableConflict(conflict, number == 0 ? null : log.get(number));
        } catch (NoSuchRevisionException removedByHand) {
            return new TableConflict(conflict, null);
        }
    }

    /** {@code entry 7 of virt-10.2 was changed by revision 12 of alice: it is ..., and the change wants ...}. */
    public String sentence() {
        return conflict.changed() + " was changed"
                + (revision == null
                        ? ""
                        : " by revision " + revision.number() + " of " + revision.author() + " (" + revision.reason()
                                + ")")
                + ": "
                + (conflict.changed().equals(conflict.thing())
                        ? "it"
                        : conflict.thing().toString()) + " is now "
                + conflict.found() + ", and this change wants it " + conflict.wanted();
    }
}
