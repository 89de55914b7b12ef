package org.migreg.question.lint;

import java.util.List;
import org.migreg.policy.PolicyEntry;

/**
 * Something doubtful about the tables.
 *
 * @param entries the entries concerned, the one to fix first; at least one
 * @param sentence what is wrong
 * @param mend what to do about it
 */
public record LintFinding(LintRule rule, LintLevel level, List<PolicyEntry> entries, String sentence, String mend) {
    public LintFinding {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a finding concerns one entry at least");
        }
    }
}
