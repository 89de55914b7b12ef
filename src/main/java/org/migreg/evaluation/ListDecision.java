package org.migreg.evaluation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.register.ListDifference;

/**
 * The outcome of a list comparison.
 *
 * @param failedStage LENGTH, REGISTER, or null when the comparison passes
 * @param treatments one for each extra register, in ascending order of id
 */
record ListDecision(@Nullable FailedStage failedStage, List<ExtraTreatment> treatments) {

    /** The treatment of the extra register at a position. */
    interface TreatmentOf {
        ExtraTreatment at(int extraPosition);
    }

    static ListDecision passes(ListDifference difference, TreatmentOf treatment) {
        return new ListDecision(null, all(difference, treatment));
    }

    static ListDecision fails(FailedStage stage, ListDifference difference, TreatmentOf treatment) {
        return new ListDecision(stage, all(difference, treatment));
    }

    boolean passes() {
        return failedStage == null;
    }

    private static List<ExtraTreatment> all(ListDifference difference, TreatmentOf treatment) {
        ExtraTreatment[] treatments = new ExtraTreatment[difference.extraCount()];
        for (int i = 0; i < treatments.length; i++) {
            treatments[i] = treatment.at(i);
        }
        return Arrays.asList(treatments);
    }
}
