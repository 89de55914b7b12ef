package org.migreg.evaluation;

import java.util.List;

/**
 * The answer to a pre-migration check.
 *
 * @param summary one sentence for a person
 * @param findings the reasons, heaviest first, then by register
 */
public record Evaluation(
        Verdict verdict, Basis basis, QemuOutcome qemuOutcome, String summary, Counts counts, List<Finding> findings) {
    public Evaluation {
        findings = List.copyOf(findings);
    }
}
