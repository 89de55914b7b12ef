package org.migreg.evaluation;

import org.jspecify.annotations.Nullable;
import org.migreg.policy.PolicyEntry;
import org.migreg.register.RegisterId;

/**
 * One reason in an evaluation.
 *
 * @param register the register it is about, or null where it is about none or many
 * @param entry the compat entry that explains it, or null
 * @param rule the value rule that decided, or null
 * @param sourceValue the incoming value, where it matters and is known
 * @param destinationValue the destination's own value, where it matters and is known
 * @param sentence one sentence for a person
 */
public record Finding(
        FindingKind kind,
        Severity severity,
        @Nullable RegisterId register,
        @Nullable PolicyEntry entry,
        @Nullable ValueRule rule,
        @Nullable Long sourceValue,
        @Nullable Long destinationValue,
        String sentence) {

    /** A finding about no register. */
    public static Finding of(FindingKind kind, Severity severity, String sentence) {
        return new Finding(kind, severity, null, null, null, null, null, sentence);
    }

    static Finding of(
            FindingKind kind,
            Severity severity,
            RegisterId register,
            @Nullable PolicyEntry entry,
            @Nullable Long sourceValue,
            String sentence) {
        return new Finding(kind, severity, register, entry, null, sourceValue, null, sentence);
    }
}
