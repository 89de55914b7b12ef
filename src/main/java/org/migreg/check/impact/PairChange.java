package org.migreg.check.impact;

import java.util.List;
import org.migreg.check.fleet.HostPair;
import org.migreg.evaluation.Verdict;
import org.migreg.register.RegisterId;

/**
 * A move whose verdict a change of the tables changes.
 *
 * @param decidingRegisters those that block the move on one side of the change alone; where none is of
 *     that kind, those whose findings differ
 */
public record PairChange(HostPair pair, Verdict before, Verdict after, List<RegisterId> decidingRegisters) {

    /** What the change means for a guest. */
    public enum Kind {
        /** It could migrate, and no longer can. */
        NEWLY_BLOCKED,
        /** It could not, and now can. */
        NEWLY_MIGRATABLE,
        /** Another verdict, which allows as much as the old one. */
        OTHER_VERDICT
    }

    public PairChange {
        decidingRegisters = List.copyOf(decidingRegisters);
    }

    public Kind kind() {
        if (before.mayMigrate() == after.mayMigrate()) {
            return Kind.OTHER_VERDICT;
        }
        return before.mayMigrate() ? Kind.NEWLY_BLOCKED : Kind.NEWLY_MIGRATABLE;
    }
}
