package org.migreg.question.impact;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.migreg.register.RegisterId;

/**
 * What a change of the tables does.
 *
 * @param machineTypes one for each machine type of either table, in their order
 */
public record Impact(List<MachineTypeImpact> machineTypes) {

    public Impact {
        machineTypes = List.copyOf(machineTypes);
    }

    /** Moves of this kind over all machine types: a pair of hosts counts once for each. */
    public long count(PairChange.Kind kind) {
        return machineTypes.stream().mapToLong(impact -> impact.count(kind)).sum();
    }

    public long unchanged() {
        return machineTypes.stream().mapToLong(MachineTypeImpact::unchanged).sum();
    }

    /** How many moves of this kind each register decides. */
    public Map<RegisterId, Long> decidingRegisters(PairChange.Kind kind) {
        Map<RegisterId, Long> counts = new TreeMap<>();
        for (MachineTypeImpact impact : machineTypes) {
            for (PairChange change : impact.changes()) {
                if (change.kind() == kind) {
                    change.decidingRegisters().forEach(register -> counts.merge(register, 1L, Long::sum));
                }
            }
        }
        return counts;
    }
}
