package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.register.RegisterId;

/** Findings about values: what the destination refuses, changes, or may do with them. */
final class ValueFindings {

    private ValueFindings() {}

    static List<Finding> of(ValueComparison values) {
        List<Finding> findings = new ArrayList<>();
        if (values.hasGaps()) {
            findings.add(Finding.of(
                    FindingKind.VALUES_NOT_GIVEN, Severity.UNKNOWN, FindingText.valuesNotGiven(values.notGiven())));
        }
        for (ValueComparison.Decided decided : values.decisions()) {
            Finding finding = of(decided);
            if (finding != null) {
                findings.add(finding);
            }
        }
        return findings;
    }

    private static @Nullable Finding of(ValueComparison.Decided decided) {
        RegisterId register = decided.register();
        return switch (decided.decision()) {
            case ValueDecision.Refused d ->
                finding(
                        FindingKind.VALUE_REFUSED,
                        Severity.BLOCKING,
                        decided,
                        d.rule(),
                        FindingText.refused(register, d));
            case ValueDecision.Changed d ->
                finding(
                        FindingKind.VALUE_CHANGED,
                        d.felt() ? Severity.WARNING : Severity.INFO,
                        decided,
                        d.rule(),
                        FindingText.changed(register, d));
            case ValueDecision.Undecided d ->
                finding(
                        FindingKind.VALUE_UNDECIDED,
                        Severity.UNKNOWN,
                        decided,
                        d.rule(),
                        FindingText.undecided(register, d));
            case ValueDecision.WithoutRule d ->
                finding(
                        FindingKind.VALUE_WITHOUT_RULE,
                        Severity.UNKNOWN,
                        decided,
                        null,
                        FindingText.withoutRule(register, d));
            case ValueDecision.Accepted d -> null;
        };
    }

    private static Finding finding(
            FindingKind kind,
            Severity severity,
            ValueComparison.Decided decided,
            @Nullable ValueRule rule,
            String sentence) {
        return new Finding(
                kind,
                severity,
                decided.register(),
                null,
                rule,
                decided.absent() ? null : decided.incoming(),
                decided.current(),
                sentence);
    }
}
