package org.migreg.question.impact;

import java.util.Comparator;
import java.util.List;
import org.migreg.policy.PolicyEntry;

/**
 * What a change of the tables does to guests of one machine type.
 *
 * @param added entries in its chain of inheritance that were not there before
 * @param removed entries of it that are no longer there
 * @param changes newly blocked moves first, then newly migratable ones, then the rest
 * @param unchanged moves whose verdict stays the same
 * @param notCompared moves that were left out, since there are more than one analysis compares
 */
public record MachineTypeImpact(
        String machineType,
        List<PolicyEntry> added,
        List<PolicyEntry> removed,
        List<PairChange> changes,
        long unchanged,
        long notCompared) {

    public MachineTypeImpact {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changes =
                changes.stream().sorted(Comparator.comparing(PairChange::kind)).toList();
    }

    public long count(PairChange.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }
}
