package org.migreg.contract.advice;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.evaluation.AssumptionView;
import org.migreg.evaluation.Verdict;

/** Whether a rolling upgrade can proceed, and be rolled back; if not, what makes it so. */
@Schema(name = "UpgradePlan")
public record UpgradeView(
        String machineType,
        long policyRevision,
        long captureRevision,

        @Schema(description = "The way asked about, under the tables as they are.")
        CheckView asked,

        @Schema(
                nullable = true,
                description = "A way on which no guest is stranded or, where values forbid that, fewer are, as its"
                        + " check says; null where none is needed, or none was found.")
        @Nullable
        RemedyView remedy,

        @Schema(description = "Steps of the way asked about that values forbid whatever the tables say; the first 100.")
        List<AdviceView.BlockedMoveView> uncured,

        @Schema(
                description =
                        "How many other ways to the target were not tried in search of a remedy, since there are too many;"
                                + " 0 where all were tried, or one was found.")
        long untriedWays,

        @Schema(description = AssumptionView.LIST) List<AssumptionView> assumptions) {

    /** One way. */
    @Schema(name = "UpgradeCheck")
    public record CheckView(
            boolean mayProceed,

            @Schema(nullable = true, description = "Null where no way back was asked for.") @Nullable
            Boolean mayRollBack,

            List<String> hops,

            @Schema(description = "How many moves were evaluated.")
            int moves,

            List<StrandedView> strandedForward,
            List<StrandedView> strandedBackward,

            @Schema(
                    description =
                            "What is missing, so that the answer is no: captures, or the rest of a way with too many moves.")
            List<String> missing) {}

    /** A guest that cannot be moved on. */
    @Schema(name = "StrandedGuest")
    public record StrandedView(
            @Schema(description = "The hosts that it has been on, the one where it was started first.")
            List<FleetHostView> path,

            FleetHostView destination,
            Verdict verdict,
            String summary) {}

    /** What makes the upgrade possible. */
    @Schema(name = "UpgradeRemedy")
    public record RemedyView(
            @Schema(description = "The kernels to go to, which may be other stops than those asked about.")
            List<String> hops,

            @Schema(description = "To be added to the machine type first.")
            List<AdviceView.AdvisedEntryView> entries,

            CheckView check) {}
}
