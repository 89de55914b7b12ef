package org.migreg.question.impact;

import java.util.List;
import java.util.function.Supplier;
import org.migreg.evaluation.Verdict;
import org.migreg.question.fleet.HostPair;
import org.migreg.register.RegisterId;

/**
 * A move whose verdict a change of the tables changes.
 *
 * @param deciding finds the registers that decide it, when somebody asks
 */
public record PairChange(HostPair pair, Verdict before, Verdict after, Supplier<List<RegisterId>> deciding) {

    /** What the change means for a guest. */
    public enum Kind {
        /** It could migrate, and no longer can. */
        NEWLY_BLOCKED,
        /** It could not, and now can. */
        NEWLY_MIGRATABLE,
        /** Another verdict, which allows as much as the old one. */
        OTHER_VERDICT
    }

    /**
     * Those that block the move only on one side of the change; where none is of that kind, those whose findings
     * differ.
     */
    public List<RegisterId> decidingRegisters() {
        return deciding.get();
    }

    public Kind kind() {
        if (before.mayMigrate() == after.mayMigrate()) {
            return Kind.OTHER_VERDICT;
        }
        return before.mayMigrate() ? Kind.NEWLY_BLOCKED : Kind.NEWLY_MIGRATABLE;
    }
}
