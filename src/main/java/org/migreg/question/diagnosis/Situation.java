package org.migreg.question.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.format.qemulog.LogContext;
import org.migreg.format.qemulog.LogReading;
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

    /**
     * What asker and log say together. Of the host that wrote the log, the log is believed; what the asker says otherwise
     * is told.
     */
    static Situation of(
            LogReading log,
            PolicyTable table,
            @Nullable String machineType,
            @Nullable KernelRelease source,
            @Nullable KernelRelease destination,
            List<Capture> captures,
            RecordedHosts hosts,
            Findings told) {
        LogContext context = log.context();
        KernelRelease host = kernel(context.kernelRelease());
        if (host != null && destination != null && !host.text().equals(destination.text())) {
            told.proves("The log names the kernel of the host that wrote it, " + host.text() + ", and not "
                    + destination.text() + " as was said: the log is believed.");
        }
        KernelRelease there = host != null ? host : destination;
        KernelRelease named = kernel(context.destinationKernel());
        String name = context.host();
        if (there == null && named == null && name != null) {
            KernelRelease recorded = hosts.kernelOf(name);
            if (recorded != null) {
                there = recorded;
                told.suggests(
                        "The host " + name + " wrote the log, and is recorded here with the kernel " + recorded.text()
                                + ": that is taken for the destination's.",
                        "uname -r on " + name + " at the time of the log");
            }
        }
        String ofTheLog = context.machineType();
        boolean isKnown = ofTheLog != null && table.machineType(ofTheLog) != null;
        if (machineType == null && ofTheLog != null && !isKnown) {
            told.next("The guest's machine type is " + ofTheLog
                    + ", which the tables do not have: entries can be made for it" + " once it is there.");
        } else if (machineType != null && ofTheLog != null && !machineType.equals(ofTheLog)) {
            told.proves("The log names the machine type " + ofTheLog + ", and not " + machineType + " as was said.");
        }
        return new Situation(
                table,
                machineType == null && isKnown ? ofTheLog : machineType,
                source == null ? kernel(context.sourceKernel()) : source,
                there == null ? named : there,
                log.accelerator(),
                captures);
    }

    private static @Nullable KernelRelease kernel(@Nullable String text) {
        try {
            return text == null ? null : KernelRelease.parse(text);
        } catch (IllegalArgumentException noRelease) {
            return null;
        }
    }

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
