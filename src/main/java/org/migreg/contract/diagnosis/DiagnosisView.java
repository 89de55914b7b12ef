package org.migreg.contract.diagnosis;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.entry.EntryBody;
import org.migreg.contract.entry.EntryView;
import org.migreg.contract.register.RegisterView;
import org.migreg.evaluation.FailedStage;
import org.migreg.format.qemulog.LogContext;

/** What a failed migration's log means. */
@Schema(name = "Diagnosis")
public record DiagnosisView(
        @Schema(description = "What happened and what to do, a sentence each.")
        List<String> summary,

        @Schema(
                description =
                        "Whether the cause is named. The log of one that is not can be kept as an unread sample, if whoever has"
                                + " it agrees.")
        boolean understood,

        @Schema(description = "What the log proves, in order.")
        List<String> proves,

        @Schema(description = "What it suggests and does not prove.")
        List<Suggested> suggests,

        @Schema(description = "What to do, in order.") List<String> next,

        Told log,

        @Schema(
                description =
                        "The destination's load behaviour as far as the wording tells, likeliest first; empty where the log is"
                                + " not about registers.")
        List<String> loadBehaviours,

        @Schema(
                description =
                        "Where the load failed, likeliest first; empty where the log shows no failure of the list or its values.")
        List<FailedStage> failedAt,

        @Schema(nullable = true, example = "kvm") @Nullable String accelerator,

        List<Involved> registers,

        @Schema(
                description =
                        "For a bare length failure: known captures that would explain it, fewest differences first.")
        List<LengthPair> lengthExplanations,

        @Schema(description = "Entries that would let the load pass as far as lists decide, ready to post.")
        List<Cure> cures,

        @Schema(
                description =
                        "Of a log of several loads those before the last one, each for itself, in order; at most 20.")
        List<DiagnosisView> earlierLoads) {

    /** What may be the cause. */
    @Schema(name = "DiagnosisSuggestion")
    public record Suggested(
            String sentence,

            @Schema(description = "What would prove it.", example = "captures of both hosts, compared")
            String provenBy) {}

    /** What the log says of the guest and of the host that wrote it; null where it does not say it. */
    @Schema(name = "DiagnosisLog")
    public record Told(
            @Schema(nullable = true, description = "The program that failed.", example = "qemu-kvm") @Nullable
            String program,

            @Schema(nullable = true, description = "For which architecture it is.", example = "aarch64") @Nullable
            String architecture,

            @Schema(nullable = true, example = "10.1.0") @Nullable
            String qemuVersion,

            @Schema(nullable = true, example = "qemu-kvm-10.1.0-15.el10") @Nullable
            String qemuPackage,

            @Schema(nullable = true, description = "The kernel of the host that wrote the log.") @Nullable
            String kernel,

            @Schema(nullable = true, description = "The name of the host that wrote the log.") @Nullable
            String host,

            @Schema(nullable = true, example = "virt-10.1") @Nullable
            String machineType,

            @Schema(nullable = true, description = "What -cpu was given.", example = "host") @Nullable
            String cpu,

            @Schema(description = "Whether QEMU was started to load a guest (INCOMING) or to start one (PLAIN).")
            LogContext.Start start) {}

    /** A register that the log names. */
    @Schema(name = "InvolvedRegister")
    public record Involved(
            RegisterView register,

            @Schema(
                    example = "FATAL",
                    description =
                            "FATAL, TOLERATED, ABSENT, VALUE_REFUSED, UNKNOWN_TO_KVM; REFUSED_TO_ANOTHER_MONITOR where a program"
                                    + " other than QEMU names it.")
            String role,

            @Schema(nullable = true) @Nullable String incoming,
            @Schema(nullable = true) @Nullable String current,

            @Schema(description = "Entries of any machine type that name it: the known events about it.")
            List<EntryView> knownEvents,

            @Schema(description = "What the log proves of it.")
            String sentence,

            @Schema(nullable = true, description = "What may be the cause.") @Nullable
            String suggestion,

            @Schema(nullable = true, description = "What helps.") @Nullable
            String next) {}

    /** Two captures whose lengths are those of the log. */
    @Schema(name = "LengthExplanation")
    public record LengthPair(
            String sourceCapture,
            @Schema(nullable = true) @Nullable String sourceKernel,
            String destinationCapture,
            @Schema(nullable = true) @Nullable String destinationKernel,
            @Schema(nullable = true) @Nullable String cpuModel,
            @Schema(nullable = true) @Nullable String vcpuFeatureSet,
            String loadBehaviour,
            List<String> extra,
            List<String> absent) {}

    /** An entry to post. */
    @Schema(name = "CuringEntry")
    public record Cure(
            @Schema(nullable = true, description = "The machine type to post it to; null where the log does not tell.")
            @Nullable
            String machineType,

            EntryBody entry,

            @Schema(description = "Whether another entry for the same register, before this one, is to be preferred.")
            boolean alternative) {}
}
