package org.migreg.dashboard.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Revision;
import org.migreg.policy.EntryField;
import org.migreg.policy.PolicyEntry;
import org.migreg.question.lint.LintFinding;

/**
 * An entry as tables of pages show it.
 *
 * @param setBy the revision that made it what it is: who, and why
 * @param findings what is doubtful about it
 */
public record EntryRow(PolicyEntry entry, @Nullable Revision setBy, List<LintFinding> findings) {

    static EntryRow of(PolicyEntry entry) {
        return new EntryRow(entry, null, List.of());
    }

    static EntryRow of(
            PolicyEntry entry, long version, Map<Long, Revision> revisions, Map<Long, List<LintFinding>> findings) {
        return new EntryRow(entry, revisions.get(version), findings.getOrDefault(entry.id(), List.of()));
    }

    /** Whether each of the words stands in one of its fields; an empty word takes all. */
    boolean takes(String words) {
        String all = Arrays.stream(EntryField.values())
                .map(field -> field.text(entry.content()))
                .collect(Collectors.joining(" ", entry.register().name() + " ", ""))
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+", -1)).allMatch(all::contains);
    }
}
