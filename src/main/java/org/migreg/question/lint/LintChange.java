package org.migreg.question.lint;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.change.TableDifference;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.register.RegisterId;

/**
 * What a change of the tables does to what lint finds in them.
 *
 * @param introduced findings that it brings, the heaviest first
 * @param resolved findings that it takes away
 */
public record LintChange(List<LintFinding> introduced, List<LintFinding> resolved) {

    /** What a finding is about, whatever its words. */
    private record Subject(LintRule rule, List<Long> entries) {
        static Subject of(LintFinding finding) {
            return new Subject(
                    finding.rule(),
                    finding.entries().stream().map(PolicyEntry::id).toList());
        }
    }

    public LintChange {
        introduced = List.copyOf(introduced);
        resolved = List.copyOf(resolved);
    }

    /** With the usual levels. */
    public static LintChange between(PolicyTable before, PolicyTable after, List<CapturedHost> hosts) {
        Predicate<RegisterId> concerned = concerned(before, after);
        List<LintFinding> was = Lint.over(before, hosts, concerned);
        List<LintFinding> is = Lint.over(after, hosts, concerned);
        return new LintChange(without(is, was), without(was, is));
    }

    /** The registers of entries that differ; all, where machine types differ. */
    private static Predicate<RegisterId> concerned(PolicyTable before, PolicyTable after) {
        TableDifference difference = TableDifference.between(before, after);
        if (!difference.machineTypes().isEmpty()) {
            return register -> true;
        }
        return difference.entries().stream()
                .flatMap(change -> Stream.of(change.before(), change.after()))
                .filter(Objects::nonNull)
                .map(EntryContent::register)
                .collect(Collectors.toSet())::contains;
    }

    private static List<LintFinding> without(List<LintFinding> findings, List<LintFinding> others) {
        Set<Subject> known = others.stream().map(Subject::of).collect(Collectors.toSet());
        return findings.stream()
                .filter(finding -> !known.contains(Subject.of(finding)))
                .toList();
    }
}
