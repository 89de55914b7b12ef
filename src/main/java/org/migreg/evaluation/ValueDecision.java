package org.migreg.evaluation;

import org.jspecify.annotations.Nullable;

/** What a destination does with one register's incoming value. */
public sealed interface ValueDecision {

    /** Taken as it is; nothing to report. */
    record Accepted() implements ValueDecision {}

    /**
     * Taken without an error, yet the destination keeps something else, or may.
     *
     * @param felt whether a guest that runs with the incoming value loses something by it
     * @param reason a clause
     */
    record Changed(ValueRule rule, boolean felt, String reason) implements ValueDecision {}

    /**
     * Refused: the load fails.
     *
     * @param unknownToKvm whether the refusal is ENOENT (the register is gone) rather than EINVAL
     */
    record Refused(ValueRule rule, boolean unknownToKvm, String reason) implements ValueDecision {}

    /** A rule applies and needs something that was not given. */
    record Undecided(ValueRule rule, String needs) implements ValueDecision {}

    /** The values differ and no rule covers this register on this kernel: whether it is taken is unknown. */
    record WithoutRule(String reason) implements ValueDecision {}

    ValueDecision ACCEPTED = new Accepted();

    static ValueDecision refused(ValueRule rule, String reason) {
        return new Refused(rule, false, reason);
    }

    static ValueDecision changed(ValueRule rule, String reason) {
        return new Changed(rule, false, reason);
    }

    /** Of two decisions on parts of one value, the weightier. */
    static ValueDecision weightier(@Nullable ValueDecision a, ValueDecision b) {
        return a == null || weight(b) > weight(a) ? b : a;
    }

    private static int weight(ValueDecision decision) {
        return switch (decision) {
            case Accepted d -> 0;
            case Changed d -> 1;
            case WithoutRule d -> 2;
            case Undecided d -> 3;
            case Refused d -> 4;
        };
    }
}
