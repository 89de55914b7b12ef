package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Basis;
import org.migreg.evaluation.Counts;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.FailedStage;
import org.migreg.evaluation.QemuOutcome;
import org.migreg.evaluation.Verdict;

/** The answer to a pre-migration check. */
@Schema(name = "Evaluation")
public record EvaluationView(
        @Schema(example = "virt-10.1") String machineType,
        Verdict verdict,

        @Schema(description = "True for COMPATIBLE and COMPATIBLE_WITH_WARNINGS alone.")
        boolean mayMigrate,

        @Schema(description = "What the verdict rests on.") Basis basis,
        Outcome qemuOutcome,
        @Schema(description = "One sentence for a person.") String summary,
        Counts counts,

        @Schema(description = "The reasons, heaviest first, then by register.")
        List<FindingView> findings,

        @Schema(description = AssumptionView.LIST) List<AssumptionView> assumptions,

        @Schema(description = "The revision of the tables that was evaluated against.")
        long policyRevision,

        SideView source,
        SideView destination) {

    /** What the destination's QEMU does. */
    @Schema(name = "QemuOutcome")
    public record Outcome(
            @Schema(nullable = true, description = "Whether it loads the guest; null where that cannot be told.")
            @Nullable
            Boolean loads,

            @Schema(example = "X_MIG_PROPERTIES") String behaviour,
            @Schema(nullable = true) @Nullable FailedStage failedAt,

            @Schema(description = "What it prints, as one vCPU makes it print.")
            List<String> messages) {
        static Outcome of(QemuOutcome outcome) {
            return new Outcome(outcome.loads(), outcome.behaviour().apiName(), outcome.failedAt(), outcome.messages());
        }
    }

    public static EvaluationView of(
            String machineType, Evaluation evaluation, long policyRevision, SideView source, SideView destination) {
        return new EvaluationView(
                machineType,
                evaluation.verdict(),
                evaluation.verdict().mayMigrate(),
                evaluation.basis(),
                Outcome.of(evaluation.qemuOutcome()),
                evaluation.summary(),
                evaluation.counts(),
                evaluation.findings().stream().map(FindingView::of).toList(),
                AssumptionView.of(evaluation.assumptions()),
                policyRevision,
                source,
                destination);
    }
}
