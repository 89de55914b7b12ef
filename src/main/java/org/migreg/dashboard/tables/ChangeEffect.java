package org.migreg.dashboard.tables;

import java.util.List;
import org.migreg.dashboard.matrix.Sign;
import org.migreg.question.impact.Impact;
import org.migreg.question.impact.PairChange;
import org.migreg.question.lint.LintFinding;
import org.migreg.register.RegisterId;

/**
 * What a change of the tables would do, as pages show it.
 *
 * @param newlyBlocked moves that could be made and no longer can; a pair of hosts counts once for each machine type
 * @param notCompared moves that were left out, since there are too many
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
        long notCompared,
        List<Impact.Deciding> deciding,
        List<MachineTypeCounts> machineTypes,
        List<Move> moves,
        long allMoves,
        List<LintFinding> lintIntroduced,
        List<LintFinding> lintResolved,
        int hosts) {

    private static final int MOST_MOVES = 60;

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
        static Move of(Impact.Change change) {
            PairChange move = change.move();
            return new Move(
                    change.machineType(),
                    move.pair().source().label(),
                    move.pair().destination().label(),
                    move.kind(),
                    Sign.of(move.before()),
                    Sign.of(move.after()),
                    move.decidingRegisters());
        }
    }

    /** The impact cut down to what a page has room for. */
    public static ChangeEffect of(
            Impact impact, List<LintFinding> lintIntroduced, List<LintFinding> lintResolved, int hosts) {
        List<Impact.Change> changes = impact.changes();
        return new ChangeEffect(
                impact.count(PairChange.Kind.NEWLY_BLOCKED),
                impact.count(PairChange.Kind.NEWLY_MIGRATABLE),
                impact.count(PairChange.Kind.OTHER_VERDICT),
                impact.unchanged(),
                impact.notCompared(),
                impact.deciding(),
                impact.machineTypes().stream()
                        .filter(of -> !of.changes().isEmpty())
                        .map(of -> new MachineTypeCounts(
                                of.machineType(),
                                of.count(PairChange.Kind.NEWLY_BLOCKED),
                                of.count(PairChange.Kind.NEWLY_MIGRATABLE),
                                of.count(PairChange.Kind.OTHER_VERDICT)))
                        .toList(),
                changes.stream().limit(MOST_MOVES).map(Move::of).toList(),
                changes.size(),
                lintIntroduced,
                lintResolved,
                hosts);
    }

    /** Whether any move changes its verdict. */
    public boolean changesMoves() {
        return allMoves > 0;
    }
}
