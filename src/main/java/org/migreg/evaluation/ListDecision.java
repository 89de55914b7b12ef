package org.migreg.evaluation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.register.ListDifference;

/**
 * The outcome of a list comparison.
 *
 * @param failedStage LENGTH, REGISTER, or null when the comparison passes
 * @param fates one for each extra register, in ascending order of id
 */
record ListDecision(@Nullable FailedStage failedStage, List<Fate> fates) {

    /** The fate of the extra register at a position. */
    interface FateOf {
        Fate at(int extraPosition);
    }

    static ListDecision passes(ListDifference difference, FateOf fate) {
        return new ListDecision(null, all(difference, fate));
    }

    static ListDecision fails(FailedStage stage, ListDifference difference, FateOf fate) {
        return new ListDecision(stage, all(difference, fate));
    }

    boolean passes() {
        return failedStage == null;
    }

    private static List<Fate> all(ListDifference difference, FateOf fate) {
        Fate[] fates = new Fate[difference.extraCount()];
        for (int i = 0; i < fates.length; i++) {
            fates[i] = fate.at(i);
        }
        return Arrays.asList(fates);
    }
}
