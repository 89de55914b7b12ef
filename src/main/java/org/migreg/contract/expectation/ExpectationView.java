package org.migreg.contract.expectation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.evaluation.AssumptionView;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Verdict;
import org.migreg.question.expectation.ExpectationChange;
import org.migreg.question.expectation.ExpectationOutcome;
import org.migreg.question.expectation.ExpectationOutcome.Status;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.question.expectation.TriedExpectation;

/** A test of the tables: moves that must be possible. */
@Schema(name = "Expectation")
public record ExpectationView(
        @Schema(description = "Never used again after a deletion.", example = "3")
        long id,

        @Schema(example = "virt-10.1 must go from el9/* to el10/* and back on neoverse-v1")
        String sentence,

        ExpectationBody expectation,

        @Schema(description = "The revision that last changed it; its ETag.")
        long revision) {

    /** At most so many moves of an expectation are shown. */
    public static final int MOST_MOVES = 20;

    public static ExpectationView of(StoredExpectation stored) {
        return new ExpectationView(
                stored.id(),
                stored.expectation().toString(),
                ExpectationBody.of(stored.expectation(), stored.description()),
                stored.revision());
    }

    /** An expectation and whether it is met. */
    @Schema(name = "ExpectationOutcome")
    public record OutcomeView(
            long id,

            @Schema(example = "virt-10.1 must go from el9/* to el10/* and back on neoverse-v1")
            String expectation,

            @Schema(description = "UNKNOWN: no known host to try it on, or a verdict that cannot be told.")
            Status status,

            @Schema(nullable = true, description = "Of a change: what it was before; else null.") @Nullable
            Status statusBefore,

            @Schema(description = "The outcome in one sentence.")
            String sentence,

            @Schema(description = "How many moves were evaluated.")
            int checked,

            @Schema(description = "How many of them do not go as well as required.")
            int failing,

            @Schema(description = "How many of them cannot be decided.")
            int undecided,

            @Schema(description = "The first " + MOST_MOVES + " that fail or cannot be decided.")
            List<MoveView> moves) {
        public static OutcomeView of(TriedExpectation tried) {
            return of(tried.stored(), null, tried.outcome());
        }

        public static List<OutcomeView> ofAll(List<ExpectationChange> changes) {
            return changes.stream()
                    .map(change -> of(change.stored(), change.before(), change.after()))
                    .toList();
        }

        private static OutcomeView of(
                StoredExpectation stored, @Nullable ExpectationOutcome before, ExpectationOutcome outcome) {
            return new OutcomeView(
                    stored.id(),
                    stored.expectation().toString(),
                    outcome.status(),
                    before == null ? null : before.status(),
                    outcome.sentence(),
                    outcome.checked(),
                    outcome.failing().size(),
                    outcome.undecided().size(),
                    Stream.concat(outcome.failing().stream(), outcome.undecided().stream())
                            .limit(MOST_MOVES)
                            .map(move -> MoveView.of(
                                    move.pair().source().label(),
                                    move.pair().destination().label(),
                                    move.evaluation()))
                            .toList());
        }
    }

    /** A move that is not as expected. */
    @Schema(name = "ExpectedMove")
    public record MoveView(
            @Schema(example = "6.12.107+deb13-arm64 on neoverse-v1 (qemu-host)")
            String source,

            String destination,
            Verdict verdict,
            String summary) {

        public static MoveView of(String source, String destination, Evaluation evaluation) {
            return new MoveView(source, destination, evaluation.verdict(), evaluation.summary());
        }
    }

    /** All expectations and their outcomes. */
    @Schema(name = "ExpectationOutcomes")
    public record OutcomesView(
            @Schema(description = "The revision of the tables that they were tried on.")
            long policyRevision,

            @Schema(description = "The revision up to which captures were taken in.")
            long captureRevision,

            CountsView counts,

            @Schema(description = "Those that are not met first.")
            List<OutcomeView> outcomes,

            @Schema(description = AssumptionView.LIST) List<AssumptionView> assumptions) {}

    /** Expectations by status. */
    @Schema(name = "ExpectationCounts")
    public record CountsView(long met, long notMet, long unknown) {}
}
