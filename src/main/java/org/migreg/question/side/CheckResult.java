package org.migreg.question.side;

import org.migreg.evaluation.Evaluation;

/**
 * The answer of the pre-migration check for one destination.
 *
 * @param policyRevision the revision of the tables that it was evaluated against
 */
public record CheckResult(
        String machineType,
        Evaluation evaluation,
        ResolvedSide source,
        ResolvedSide destination,
        long policyRevision) {}
