package org.migreg.contract.diagnosis;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.entry.EntryBody;
import org.migreg.contract.entry.EntryView;
import org.migreg.contract.register.RegisterView;
import org.migreg.evaluation.FailedStage;

/** What a failed migration's log means. */
@Schema(name = "Diagnosis")
public record DiagnosisView(
        @Schema(description = "The destination's load behaviour as far as the wording tells, likeliest first.")
        List<String> loadBehaviours,

        @Schema(
                description =
                        "Where the load failed, likeliest first; empty where the log shows no failure of the list or its values.")
        List<FailedStage> failedAt,

        @Schema(nullable = true, example = "kvm") @Nullable String accelerator,

        @Schema(description = "The diagnosis for a person, in order.")
        List<String> sentences,

        List<Involved> registers,

        @Schema(
                description =
                        "For a bare length failure: known captures that would explain it, fewest differences first.")
        List<LengthPair> lengthExplanations,

        @Schema(description = "Entries that would let the load pass as far as lists decide, ready to post.")
        List<Cure> cures) {

    public DiagnosisView {
        loadBehaviours = List.copyOf(loadBehaviours);
        failedAt = List.copyOf(failedAt);
        sentences = List.copyOf(sentences);
        registers = List.copyOf(registers);
        lengthExplanations = List.copyOf(lengthExplanations);
        cures = List.copyOf(cures);
    }

    /** A register that the log names. */
    @Schema(name = "InvolvedRegister")
    public record Involved(
            RegisterView register,
            @Schema(example = "FATAL") String role,
            @Schema(nullable = true) @Nullable String incoming,
            @Schema(nullable = true) @Nullable String current,

            @Schema(description = "Entries of any machine type that name it: the known events about it.")
            List<EntryView> knownEvents,

            String sentence) {
        public Involved {
            knownEvents = List.copyOf(knownEvents);
        }
    }

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
            List<String> absent) {
        public LengthPair {
            extra = List.copyOf(extra);
            absent = List.copyOf(absent);
        }
    }

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
