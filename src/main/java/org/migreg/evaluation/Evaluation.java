package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    /**
     * What holds in all of these, of which one is the answer and nobody can tell which: the verdict where it is the
     * same, the findings that all have, and QEMU's outcome and the counts where they are equal.
     *
     * @param open why it cannot be told, sentences
     * @return empty where the verdicts allow no common answer
     */
    public static Optional<Evaluation> common(List<Evaluation> possible, List<String> open) {
        if (possible.isEmpty()) {
            return Optional.empty();
        }
        Evaluation first = possible.getFirst();
        boolean same = possible.stream().allMatch(each -> each.verdict == first.verdict);
        boolean allMayMigrate = possible.stream().allMatch(each -> each.verdict.mayMigrate());
        if (first.verdict == Verdict.UNKNOWN || !same && !allMayMigrate) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>(first.findings.stream()
                .filter(finding -> possible.stream().allMatch(each -> each.findings.contains(finding)))
                .toList());
        String answer = first.verdict.mayMigrate() ? "may migrate" : "may not migrate";
        for (String reason : open) {
            findings.add(Finding.of(
                    FindingKind.LIST_UNDECIDED,
                    same ? Severity.INFO : Severity.WARNING,
                    reason + " The guest " + answer + ", whichever is meant."));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        boolean sameOutcome = possible.stream().allMatch(each -> each.qemuOutcome.equals(first.qemuOutcome));
        boolean sameCounts = possible.stream().allMatch(each -> each.counts.equals(first.counts));
        Boolean loads =
                possible.stream().allMatch(each -> Objects.equals(each.qemuOutcome.loads(), first.qemuOutcome.loads()))
                        ? first.qemuOutcome.loads()
                        : null;
        return Optional.of(new Evaluation(
                same ? first.verdict : Verdict.COMPATIBLE_WITH_WARNINGS,
                possible.stream()
                        .map(Evaluation::basis)
                        .min(Comparator.naturalOrder())
                        .orElse(first.basis),
                sameOutcome
                        ? first.qemuOutcome
                        : new QemuOutcome(loads, first.qemuOutcome.behaviour(), null, List.of()),
                "The guest " + answer + ", whichever of the captures that could be meant is the right one.",
                sameCounts ? first.counts : Counts.NONE,
                findings));
    }
}
