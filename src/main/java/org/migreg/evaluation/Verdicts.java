package org.migreg.evaluation;

import java.util.Collection;

/** From what was compared to the verdict. */
final class Verdicts {

    private Verdicts() {}

    /** The verdict where nothing is open. */
    static Verdict of(Comparison comparison) {
        ValueComparison values = comparison.values();
        if (comparison.failedStage() != null) {
            return Verdict.INCOMPATIBLE;
        }
        if (values.hasOpen()) {
            return Verdict.UNKNOWN;
        }
        int extras = comparison.difference().extraCount();
        if (comparison.safe().cardinality() < extras || comparison.hidesALoss()) {
            return Verdict.UNSAFE;
        }
        boolean warns = extras > 0 || comparison.difference().absentCount() > 0 || values.hasLoss();
        return warns ? Verdict.COMPATIBLE_WITH_WARNINGS : Verdict.COMPATIBLE;
    }

    /**
     * The verdict where one of these holds and it is not known which one: their own where they agree; that the guest
     * may migrate, where all allow it.
     *
     * @param possible not empty
     */
    static Verdict ofOneOf(Collection<Verdict> possible) {
        Verdict first = possible.iterator().next();
        if (possible.stream().allMatch(each -> each == first)) {
            return first;
        }
        return possible.stream().allMatch(Verdict::mayMigrate) ? Verdict.COMPATIBLE_WITH_WARNINGS : Verdict.UNKNOWN;
    }
}
