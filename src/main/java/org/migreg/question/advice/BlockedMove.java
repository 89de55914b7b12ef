package org.migreg.question.advice;

import java.util.List;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Finding;
import org.migreg.question.fleet.HostPair;

/**
 * A wanted move that does not pass even with every advised entry.
 *
 * @param evaluation with every advised entry
 * @param refusals the refused values, ascending by register; empty where the verdict is another than
 *     INCOMPATIBLE
 */
public record BlockedMove(HostPair pair, Evaluation evaluation, List<RefusedValue> refusals) {

    /** A value that the destination refuses, and what helps. */
    public record RefusedValue(Finding finding, Cure cure) {}

    public BlockedMove {
        refusals = List.copyOf(refusals);
    }

    /** Whether every refusal has a cure. */
    public boolean isCurable() {
        return !refusals.isEmpty()
                && refusals.stream().noneMatch(refusal -> refusal.cure().kind() == Cure.Kind.NONE);
    }
}
