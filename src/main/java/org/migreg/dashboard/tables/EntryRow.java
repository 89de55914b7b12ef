package org.migreg.dashboard.tables;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Revision;
import org.migreg.policy.PolicyEntry;
import org.migreg.question.lint.LintFinding;

/**
 * An entry as tables of pages show it.
 *
 * @param setBy the revision that made it what it is: who, and why
 * @param findings what is doubtful about it
 */
public record EntryRow(PolicyEntry entry, @Nullable Revision setBy, List<LintFinding> findings) {

    public EntryRow {
        findings = List.copyOf(findings);
    }

    static EntryRow of(PolicyEntry entry) {
        return new EntryRow(entry, null, List.of());
    }

    static EntryRow of(
            PolicyEntry entry, long version, Map<Long, Revision> revisions, Map<Long, List<LintFinding>> findings) {
        return new EntryRow(entry, revisions.get(version), findings.getOrDefault(entry.id(), List.of()));
    }

    /** Whether one of the words of its register, kernels, property or texts begins so; an empty word takes all. */
    boolean takes(String words) {
        String all = (entry.property() + " " + entry.register() + " "
                        + entry.register().name() + " " + entry.kernels() + " " + entry.rationale() + " "
                        + String.join(" ", entry.references()))
                .toLowerCase(Locale.ROOT);
        for (String word : words.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
            if (!all.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
