package org.migreg.evaluation;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.ValueCondition;

/** Whether something holds, as far as it is known. */
enum Holds {
    YES,
    NO,
    /** What would decide it is not known: it is tried both ways. */
    OPEN;

    /** Whether a value, where known, meets a condition; without one, all do. */
    static Holds of(@Nullable ValueCondition condition, OptionalLong value) {
        if (condition == null) {
            return YES;
        }
        return value.isEmpty() ? OPEN : condition.isMetBy(value.getAsLong()) ? YES : NO;
    }
}
