package org.migreg.dashboard.tables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.migreg.dashboard.matrix.Sign;
import org.migreg.question.impact.Impact;
import org.migreg.question.impact.MachineTypeImpact;
import org.migreg.question.impact.PairChange;
import org.migreg.question.lint.LintFinding;
import org.migreg.register.RegisterId;

/**
 * What a change of the tables would do, as pages show it.
 *
 * @param newlyBlocked moves that could be made and no longer can; a pair of hosts counts once for each machine type
 * @param deciding those that block most moves first
 * @param moves the first of those that change, newly blocked ones before all others
 * @param allMoves how many change
 * @param hosts how many captured hosts it was tried on
 */
public record ChangeEffect(
        long newlyBlocked,
        long newlyMigratable,
        long otherVerdict,
        long unchanged,
        List<Deciding> deciding,
        List<MachineTypeCounts> machineTypes,
        List<Move> moves,
        long allMoves,
        List<LintFinding> lintIntroduced,
        List<LintFinding> lintResolved,
        int hosts) {

    private static final int MOST_MOVES = 60;

    /** A register, and how many moves it decides. */
    public record Deciding(RegisterId register, long newlyBlocked, long newlyMigratable) {}

    /** One machine type whose moves change. */
    public record MachineTypeCounts(String machineType, long newlyBlocked, long newlyMigratable, long otherVerdict) {}

    /** One move whose verdict changes. */
    public record Move(
            String machineType,
            String source,
            String destination,
            PairChange.Kind kind,
            Sign before,
            Sign after,
            List<RegisterId> deciding) {
        public Move {
            deciding = List.copyOf(deciding);
        }
    }

    public ChangeEffect {
        deciding = List.copyOf(deciding);
        machineTypes = List.copyOf(machineTypes);
        moves = List.copyOf(moves);
        lintIntroduced = List.copyOf(lintIntroduced);
        lintResolved = List.copyOf(lintResolved);
    }

    /** The impact cut down to what a page has room for. */
    public static ChangeEffect of(
            Impact impact, List<LintFinding> lintIntroduced, List<LintFinding> lintResolved, int hosts) {
        List<Move> moves = new ArrayList<>();
        long all = 0;
        for (PairChange.Kind kind : PairChange.Kind.values()) {
            for (MachineTypeImpact of : impact.machineTypes()) {
                for (PairChange change : of.changes()) {
                    if (change.kind() == kind) {
                        all++;
                        if (moves.size() < MOST_MOVES) {
                            moves.add(new Move(
                                    of.machineType(),
                                    change.pair().source().label(),
                                    change.pair().destination().label(),
                                    kind,
                                    Sign.of(change.before()),
                                    Sign.of(change.after()),
                                    change.decidingRegisters()));
                        }
                    }
                }
            }
        }
        return new ChangeEffect(
                impact.count(PairChange.Kind.NEWLY_BLOCKED),
                impact.count(PairChange.Kind.NEWLY_MIGRATABLE),
                impact.count(PairChange.Kind.OTHER_VERDICT),
                impact.unchanged(),
                deciding(impact),
                impact.machineTypes().stream()
                        .filter(of -> !of.changes().isEmpty())
                        .map(of -> new MachineTypeCounts(
                                of.machineType(),
                                of.count(PairChange.Kind.NEWLY_BLOCKED),
                                of.count(PairChange.Kind.NEWLY_MIGRATABLE),
                                of.count(PairChange.Kind.OTHER_VERDICT)))
                        .toList(),
                moves,
                all,
                lintIntroduced,
                lintResolved,
                hosts);
    }

    private static List<Deciding> deciding(Impact impact) {
        Map<RegisterId, Long> blocked = impact.decidingRegisters(PairChange.Kind.NEWLY_BLOCKED);
        Map<RegisterId, Long> migratable = impact.decidingRegisters(PairChange.Kind.NEWLY_MIGRATABLE);
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

    /** Whether any move changes its verdict. */
    public boolean changesMoves() {
        return allMoves > 0;
    }
}
