package org.migreg.contract.advice;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.entry.EntryBody;
import org.migreg.contract.evaluation.AssumptionView;
import org.migreg.evaluation.Verdict;
import org.migreg.question.advice.AdvisedEntry;
import org.migreg.question.advice.BlockedMove;
import org.migreg.question.advice.Cure;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.StateLoss;
import org.migreg.register.RegisterId;

/** The smallest set of entries with which the wanted moves pass, and what is left. */
@Schema(name = "Advice")
public record AdviceView(
        String machineType,
        long policyRevision,
        long captureRevision,

        @Schema(description = "How many moves were wanted.") int wanted,

        @Schema(description = "How many of them fail for their register lists under the tables as they are.")
        int failedBefore,

        @Schema(description = "To add to the machine type, the most useful first.")
        List<AdvisedEntryView> entries,

        @Schema(description = "How many moves values forbid even with these entries.")
        int forbiddenTotal,

        List<BlockedMoveView> forbidden,

        @Schema(description = "How many moves are UNKNOWN or UNSAFE even with these entries.")
        int undecidedTotal,

        List<BlockedMoveView> undecided,

        @Schema(
                description =
                        "Names of registers of which the search for the smallest set was cut short, since it grew too"
                                + " long: their entries let the moves pass, and fewer or narrower ones may do. Empty for"
                                + " all but very large questions.")
        List<String> notSearchedOut,

        @Schema(description = AssumptionView.LIST) List<AssumptionView> assumptions) {

    /** One advised entry. */
    @Schema(name = "AdvisedEntry")
    public record AdvisedEntryView(
            @Schema(description = "Ready to be posted to the machine type's entries.")
            EntryBody entry,

            @Schema(description = "How many of the wanted moves fail without this entry, all others given.")
            int unblocks,

            @Schema(description = "The worst that a guest loses by it.")
            StateLoss stateLoss,

            String stateLossReason,

            @Schema(description = "What the bounds of the kernel range rest on.")
            String rangeNote) {
        public static AdvisedEntryView of(AdvisedEntry advised) {
            return new AdvisedEntryView(
                    EntryBody.of(advised.entry().content()),
                    advised.unblocks().size(),
                    advised.loss(),
                    advised.lossReason(),
                    advised.rangeNote());
        }
    }

    /** A move that does not pass even so. */
    @Schema(name = "BlockedMove")
    public record BlockedMoveView(
            FleetHostView source,
            FleetHostView destination,
            Verdict verdict,
            String summary,

            @Schema(description = "Whether every refusal has a cure outside the tables or at a price.")
            boolean curable,

            List<RefusalView> refusals) {
        public static BlockedMoveView of(CapturedHosts known, BlockedMove move) {
            return new BlockedMoveView(
                    FleetHostView.of(known, move.pair().source()),
                    FleetHostView.of(known, move.pair().destination()),
                    move.evaluation().verdict(),
                    move.evaluation().summary(),
                    move.isCurable(),
                    move.refusals().stream().map(RefusalView::of).toList());
        }
    }

    /** A refused value, and what helps. */
    @Schema(name = "RefusedValue")
    public record RefusalView(
            @Schema(nullable = true) @Nullable String register,
            @Schema(nullable = true) @Nullable String registerName,
            String message,
            CureView cure) {
        public static RefusalView of(BlockedMove.RefusedValue refusal) {
            RegisterId register = refusal.finding().register();
            Cure cure = refusal.cure();
            var entry = cure.entry();
            return new RefusalView(
                    register == null ? null : register.toString(),
                    register == null ? null : register.name(),
                    refusal.finding().sentence(),
                    new CureView(
                            cure.kind(),
                            cure.cpuProperty(),
                            entry == null ? null : EntryBody.of(entry.content()),
                            cure.sentence()));
        }
    }

    /** What helps. */
    @Schema(name = "Cure")
    public record CureView(
            Cure.Kind kind,

            @Schema(nullable = true, description = "For QEMU's -cpu option.", example = "kvm-psci-version=1.1")
            @Nullable
            String cpuProperty,

            @Schema(nullable = true, description = "An entry that costs the guest state.") @Nullable
            EntryBody entry,

            String sentence) {}
}
