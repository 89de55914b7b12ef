package org.migreg.question.impact;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migreg.register.RegisterId;

/**
 * What a change of the tables does.
 *
 * @param machineTypes one for each machine type of either table, in their order
 */
public record Impact(List<MachineTypeImpact> machineTypes) {

    /** A move whose verdict changes, and under which machine type. */
    public record Change(String machineType, PairChange move) {}

    /** How many newly blocked and newly migratable moves a register decides. */
    public record Deciding(RegisterId register, long newlyBlocked, long newlyMigratable) {}

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

    /** Moves that were left out, since there are more than one analysis compares. */
    public long notCompared() {
        return machineTypes.stream().mapToLong(MachineTypeImpact::notCompared).sum();
    }

    /** All of them: newly blocked moves first, then newly migratable ones, then the rest. */
    public List<Change> changes() {
        return machineTypes.stream()
                .flatMap(of -> of.changes().stream().map(move -> new Change(of.machineType(), move)))
                .sorted(Comparator.comparing(change -> change.move().kind()))
                .toList();
    }

    /** The registers that decide newly blocked or newly migratable moves; those that block most first. */
    public List<Deciding> deciding() {
        Map<RegisterId, Long> blocked = decidingRegisters(PairChange.Kind.NEWLY_BLOCKED);
        Map<RegisterId, Long> migratable = decidingRegisters(PairChange.Kind.NEWLY_MIGRATABLE);
        Set<RegisterId> registers = new TreeSet<>(blocked.keySet());
        registers.addAll(migratable.keySet());
        return registers.stream()
                .map(register -> new Deciding(
                        register, blocked.getOrDefault(register, 0L), migratable.getOrDefault(register, 0L)))
                .sorted(Comparator.comparingLong(Deciding::newlyBlocked)
                        .thenComparingLong(Deciding::newlyMigratable)
                        .reversed())
                .toList();
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
