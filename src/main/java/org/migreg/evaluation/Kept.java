package org.migreg.evaluation;

import org.migreg.register.BitField;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterId;

/** What a destination keeps of a value that it accepts: "accepted but changed" in {@code docs/value-rules.md}. */
enum Kept {
    INCOMING,
    OWN,
    /** ID_AA64MMFR2_EL1.NV of its own, all else as it came. */
    WITH_OWN_NV,
    /** The PMU's version 15, an own kind, reads back as 0. */
    WITHOUT_PMU_VERSION,
    /** PMCR_EL0 with as many counters as the host has; no counter enabled. */
    WHAT_THE_PMU_TAKES;

    long of(RegisterId register, long incoming, long own) {
        return switch (this) {
            case INCOMING -> incoming;
            case OWN -> own;
            case WITH_OWN_NV -> withOwn(Fields.NV, incoming, own);
            case WITHOUT_PMU_VERSION ->
                incoming & ~(register.equals(KnownRegisters.ID_DFR0_EL1) ? Fields.PERF_MON : Fields.PMU_VERSION).mask();
            case WHAT_THE_PMU_TAKES ->
                register.equals(KnownRegisters.PMCR_EL0) ? withOwn(Fields.PMU_COUNTERS, incoming, own) : 0;
        };
    }

    private static long withOwn(BitField field, long incoming, long own) {
        return incoming & ~field.mask() | own & field.mask();
    }
}
