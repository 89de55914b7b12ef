package org.migreg.evaluation;

import java.util.List;

/**
 * The answer to a pre-migration check.
 *
 * @param summary one sentence for a person
 * @param findings the reasons, heaviest first, then by register
 * @param assumptions what nobody said and was taken for granted
 */
public record Evaluation(
        Verdict verdict,
        Basis basis,
        QemuOutcome qemuOutcome,
        String summary,
        Counts counts,
        List<Finding> findings,
        List<Assumption> assumptions) {
    public Evaluation {
        findings = List.copyOf(findings);
        assumptions = List.copyOf(assumptions);
    }

    /** One that assumes nothing. */
    Evaluation(
            Verdict verdict,
            Basis basis,
            QemuOutcome qemuOutcome,
            String summary,
            Counts counts,
            List<Finding> findings) {
        this(verdict, basis, qemuOutcome, summary, counts, findings, List.of());
    }
}
