package org.migreg.question.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.FailedStage;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.format.qemulog.LogContext;
import org.migreg.format.qemulog.LogReading;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.Accelerator;

/**
 * What a failed load's log means: what it proves, what it suggests, and what to do next are kept apart.
 *
 * @param summary what happened and what to do, a sentence each
 * @param understood whether the cause is named, or it is said which part of it the log does not tell; a log that is not
 *     understood may be kept as a sample
 * @param proved what the log proves, in order
 * @param suggested what it suggests, each with what would prove it
 * @param next what to do, in order
 * @param log what the log says of guest and host
 * @param behaviours the destination's load behaviour as far as the wording tells, likeliest first; empty where the log
 *     is not about registers
 * @param stages where the load failed, likeliest first; empty where the log shows no failure of the
 *     register list or its values
 * @param accelerator by the form of the printed registers, or null
 * @param registers those that the log names, each with what explains it; fatal ones first
 * @param lengthExplanations for a bare length failure the known captures that would explain it, at
 *     most 50, fewest differences first
 * @param cures entries that would let the load pass as far as lists decide; none for refused values
 * @param earlier of a log of several loads those before the last one, each for itself, in order
 */
public record Diagnosis(
        List<String> summary,
        boolean understood,
        List<String> proved,
        List<Suggestion> suggested,
        List<String> next,
        LogContext log,
        List<LoadBehaviour> behaviours,
        List<FailedStage> stages,
        @Nullable Accelerator accelerator,
        List<InvolvedRegister> registers,
        List<LengthExplanation> lengthExplanations,
        List<CuringEntry> cures,
        List<Diagnosis> earlier) {

    public Diagnosis {
        summary = List.copyOf(summary);
        proved = List.copyOf(proved);
        suggested = List.copyOf(suggested);
        next = List.copyOf(next);
        behaviours = List.copyOf(behaviours);
        stages = List.copyOf(stages);
        registers = List.copyOf(registers);
        lengthExplanations = List.copyOf(lengthExplanations);
        cures = List.copyOf(cures);
        earlier = List.copyOf(earlier);
    }

    /** Of how many loads before the last one something is said. */
    private static final int MOST_EARLIER = 20;

    /**
     * @param loads that the log shows, one at least; the last one is what is diagnosed first
     * @param table where known events are looked for, and entries that exist already
     * @param machineType the guest's, or null where not known; the log's is taken then
     * @param source the source's kernel, or null
     * @param destination the destination's kernel, or null; of a kernel that the log names, the log is believed
     * @param captures the known captures: they explain lengths and narrow the kernels of proposed entries
     * @param hosts the recorded hosts: one that wrote the log is taken for the destination
     */
    public static Diagnosis of(
            List<LogReading> loads,
            PolicyTable table,
            @Nullable String machineType,
            @Nullable KernelRelease source,
            @Nullable KernelRelease destination,
            List<Capture> captures,
            RecordedHosts hosts) {
        List<Diagnosis> each = new ArrayList<>();
        for (LogReading load : loads.subList(Math.max(0, loads.size() - 1 - MOST_EARLIER), loads.size())) {
            each.add(Diagnostician.diagnosis(load, table, machineType, source, destination, captures, hosts));
        }
        Diagnosis last = each.removeLast();
        return each.isEmpty() ? last : last.after(each);
    }

    /** What one load means. */
    public static Diagnosis of(
            LogReading load,
            PolicyTable table,
            @Nullable String machineType,
            @Nullable KernelRelease source,
            @Nullable KernelRelease destination,
            List<Capture> captures) {
        return of(List.of(load), table, machineType, source, destination, captures, RecordedHosts.NONE);
    }

    private Diagnosis after(List<Diagnosis> loads) {
        return new Diagnosis(
                summary,
                understood,
                proved,
                suggested,
                next,
                log,
                behaviours,
                stages,
                accelerator,
                registers,
                lengthExplanations,
                cures,
                loads);
    }
}
