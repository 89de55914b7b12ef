package org.migreg.contract;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Expectation;
import org.migreg.evaluation.Verdict;

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

    public static ExpectationView of(long id, Expectation expectation, String description, long revision) {
        return new ExpectationView(id, expectation.toString(), ExpectationBody.of(expectation, description), revision);
    }

    /** An expectation and whether it is met. */
    @Schema(name = "ExpectationOutcome")
    public record OutcomeView(
            long id,

            @Schema(example = "virt-10.1 must go from el9/* to el10/* and back on neoverse-v1")
            String expectation,

            @Schema(
                    allowableValues = {"MET", "NOT_MET", "UNKNOWN"},
                    description = "UNKNOWN: no known host to try it on, or a verdict that cannot be told.")
            String status,

            @Schema(
                    nullable = true,
                    allowableValues = {"MET", "NOT_MET", "UNKNOWN"},
                    description = "Of a change: what it was before; else null.")
            @Nullable
            String statusBefore,

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
        public OutcomeView {
            moves = List.copyOf(moves);
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
            List<OutcomeView> outcomes) {
        public OutcomesView {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Expectations by status. */
    @Schema(name = "ExpectationCounts")
    public record CountsView(long met, long notMet, long unknown) {}
}
