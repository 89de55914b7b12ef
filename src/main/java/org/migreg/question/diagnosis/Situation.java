package org.migreg.question.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.Accelerator;

/** What is known besides the log. */
record Situation(
        PolicyTable table,
        @Nullable String machineType,
        @Nullable KernelRelease source,
        @Nullable KernelRelease destination,
        @Nullable Accelerator accelerator,
        List<Capture> captures) {

    EffectivePolicy policyOn(@Nullable KernelRelease host) {
        return machineType == null ? EffectivePolicy.nothing() : EffectivePolicy.of(table, machineType, host);
    }

    long[] hiddenOn(@Nullable KernelRelease host) {
        return policyOn(host).decidedIds(CompatProperty.HIDDEN_REGS);
    }

    boolean sourceIsNewer() {
        KernelRelease from = source;
        KernelRelease to = destination;
        return from != null && to != null && KernelRelease.LISTING_ORDER.compare(from, to) > 0;
    }
}
