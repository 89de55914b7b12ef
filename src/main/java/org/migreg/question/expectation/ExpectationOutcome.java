package org.migreg.question.expectation;

import java.util.List;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Expectation;
import org.migreg.question.fleet.HostPair;

/**
 * Whether an expectation is met.
 *
 * @param checked how many moves were evaluated
 * @param failing moves that do not go as well as required
 * @param undecided moves whose verdict is UNKNOWN
 * @param sentence the outcome in one sentence
 */
public record ExpectationOutcome(
        Expectation expectation,
        Status status,
        int checked,
        List<FailingMove> failing,
        List<FailingMove> undecided,
        String sentence) {

    /** The outcome in a word. */
    public enum Status {
        MET,
        NOT_MET,
        /** No known host to try it on, an unknown machine type, or a verdict that is unknown. */
        UNKNOWN
    }

    /** A move that is not as expected, and why. */
    public record FailingMove(HostPair pair, Evaluation evaluation) {}

    public ExpectationOutcome {
        failing = List.copyOf(failing);
        undecided = List.copyOf(undecided);
    }
}
