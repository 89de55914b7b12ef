package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What holds of all evaluations of which one is the answer and it is not known which: the verdict where it is the same,
 * the findings that all have, and QEMU's outcome and the counts where they are equal.
 */
final class CommonEvaluation {

    private CommonEvaluation() {}

    static Evaluation of(
            Candidates<SourceSide> source, Candidates<DestinationSide> destination, LoadBehaviour behaviour) {
        List<String> reasons = new ArrayList<>();
        if (source.whyOpen() != null) {
            reasons.add(FindingText.ofTheSource(source.whyOpen()));
        }
        if (destination.whyOpen() != null) {
            reasons.add(FindingText.ofTheDestination(destination.whyOpen()));
        }
        List<Evaluation> possible = new ArrayList<>();
        for (SourceSide from : source.sides()) {
            for (DestinationSide to : destination.sides()) {
                possible.add(Evaluator.evaluate(from, to));
            }
        }
        Verdict verdict = possible.isEmpty()
                ? Verdict.UNKNOWN
                : Verdicts.ofOneOf(possible.stream().map(Evaluation::verdict).toList());
        return verdict == Verdict.UNKNOWN
                ? nothingKnown(behaviour, reasons, possible)
                : common(verdict, possible, reasons);
    }

    private static Evaluation nothingKnown(LoadBehaviour behaviour, List<String> reasons, List<Evaluation> possible) {
        return new Evaluation(
                Verdict.UNKNOWN,
                Basis.NOTHING,
                new QemuOutcome(null, behaviour, null, List.of()),
                FindingText.nothingKnown(reasons),
                Counts.NONE,
                reasons.stream()
                        .map(reason ->
                                Finding.of(FindingKind.LIST_MISSING, Severity.UNKNOWN, FindingText.listMissing(reason)))
                        .toList(),
                assumptions(possible));
    }

    private static List<Assumption> assumptions(List<Evaluation> possible) {
        return possible.stream()
                .flatMap(each -> each.assumptions().stream())
                .distinct()
                .toList();
    }

    private static Evaluation common(Verdict verdict, List<Evaluation> possible, List<String> reasons) {
        Evaluation first = possible.getFirst();
        Severity severity = possible.stream().allMatch(each -> each.verdict() == first.verdict())
                ? Severity.INFO
                : Severity.WARNING;
        List<Finding> findings = new ArrayList<>(first.findings().stream()
                .filter(finding ->
                        possible.stream().allMatch(each -> each.findings().contains(finding)))
                .toList());
        for (String reason : reasons) {
            findings.add(Finding.of(
                    FindingKind.LIST_UNDECIDED, severity, FindingText.whicheverIsMeant(reason, verdict.mayMigrate())));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return new Evaluation(
                verdict,
                possible.stream()
                        .map(Evaluation::basis)
                        .min(Comparator.naturalOrder())
                        .orElse(first.basis()),
                outcome(possible),
                FindingText.whicheverIsRight(verdict.mayMigrate()),
                possible.stream().allMatch(each -> each.counts().equals(first.counts())) ? first.counts() : Counts.NONE,
                findings,
                assumptions(possible));
    }

    private static QemuOutcome outcome(List<Evaluation> possible) {
        QemuOutcome first = possible.getFirst().qemuOutcome();
        if (possible.stream().allMatch(each -> each.qemuOutcome().equals(first))) {
            return first;
        }
        boolean loadAlike = possible.stream()
                .allMatch(each -> Objects.equals(each.qemuOutcome().loads(), first.loads()));
        return new QemuOutcome(loadAlike ? first.loads() : null, first.behaviour(), null, List.of());
    }
}
