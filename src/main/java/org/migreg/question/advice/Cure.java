package org.migreg.question.advice;

import org.jspecify.annotations.Nullable;
import org.migreg.policy.PolicyEntry;

/**
 * What helps against a refused value.
 *
 * @param cpuProperty for QEMU's {@code -cpu} option, such as {@code kvm-psci-version=1.1}, or null
 * @param entry an entry to add at a price, or null
 * @param sentence one sentence for a person
 */
public record Cure(
        Kind kind, @Nullable String cpuProperty, @Nullable PolicyEntry entry, String sentence) {

    /** Where the cure lies. */
    public enum Kind {
        /** The CPU property kvm-psci-version, set when the guest is started. */
        PSCI_VERSION_PROPERTY,
        /** The CPU property pmu=off, set when the guest is started. */
        PMU_OFF,
        /** A CPU model or feature property that gives the guest less from the start. */
        CPU_MODEL_OR_FEATURE,
        /** Hiding the register on every host that exposes it, whose state is then lost on every move. */
        HIDING_ENTRY,
        NONE
    }
}
