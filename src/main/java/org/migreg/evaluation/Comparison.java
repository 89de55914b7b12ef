package org.migreg.evaluation;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.migreg.register.ListDifference;

/**
 * Both comparisons, of lists and of values, with every question answered.
 *
 * @param safe of the extra registers, by position, those whose loss is declared safe
 * @param hidesALoss whether the source hides a register with a value that is not safe to lose
 */
record Comparison(
        ListDifference difference, ListDecision decision, BitSet safe, boolean hidesALoss, ValueComparison values) {

    /** Whether QEMU loads the guest; null where that is open for a value. */
    @Nullable
    Boolean loads() {
        if (failedStage() != null) {
            return false;
        }
        return values.hasOpen() ? null : true;
    }

    @Nullable
    FailedStage failedStage() {
        if (!decision.passes()) {
            return decision.failedStage();
        }
        return values.hasRefused() ? FailedStage.VALUE : null;
    }

    /** What becomes of this register, in a form that compares: empty where it is not an extra one. */
    String outcomeOf(long id) {
        for (int i = 0; i < difference.extraCount(); i++) {
            if (difference.extra(i) == id) {
                return decision.treatments().get(i) + (safe.get(i) ? " safely" : "");
            }
        }
        return "";
    }
}
