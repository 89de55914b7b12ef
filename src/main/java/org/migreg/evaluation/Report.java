package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyEntry;
import org.migreg.register.ListDifference;
import org.migreg.register.RegisterId;

/** Makes findings of trials: of the first, in which nothing that is open applies, and of where others differ from it. */
final class Report {

    private final Trials trials;
    private final Scenario scenario;
    private final Comparison comparison;
    private final ListDifference difference;
    private final Verdict verdict;
    /** How heavily an open question weighs. */
    private final Severity ofQuestions;

    private final List<Finding> findings = new ArrayList<>();
    private int tolerated;
    private int fatal;
    private int dropped;

    private Report(Trials trials) {
        this.trials = trials;
        this.scenario = trials.scenario();
        this.comparison = trials.first();
        this.difference = comparison.difference();
        this.verdict = trials.verdict();
        this.ofQuestions =
                trials.agreeOnTheVerdict() ? Severity.INFO : verdict.mayMigrate() ? Severity.WARNING : Severity.UNKNOWN;
    }

    static Evaluation of(Trials trials) {
        return new Report(trials).evaluation();
    }

    private Evaluation evaluation() {
        questions();
        hidden(scenario.hiddenOnSource(), scenario.source().policy(), FindingKind.HIDDEN_ON_SOURCE);
        hidden(scenario.hiddenOnDestination(), scenario.destination().policy(), FindingKind.HIDDEN_ON_DESTINATION);
        length();
        extras();
        absent();
        findings.addAll(ValueFindings.of(comparison.values()));
        findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(f -> f.register() == null ? 0 : f.register().bits(), Long::compareUnsigned)
                .thenComparing(Finding::kind));
        Counts counts = new Counts(
                difference.outgoing().size(),
                difference.local().size(),
                difference.commonCount(),
                difference.extraCount(),
                difference.absentCount(),
                tolerated,
                fatal,
                dropped,
                scenario.hiddenOnSource().size(),
                scenario.hiddenOnDestination().size(),
                comparison.values().compared(),
                comparison.values().refused().size());
        Basis basis = comparison.values().decides() ? Basis.LISTS_AND_VALUES : Basis.LISTS;
        String summary = new Summary(verdict, basis, counts, findings).text();
        return new Evaluation(verdict, basis, outcome(), summary, counts, findings);
    }

    private QemuOutcome outcome() {
        LoadBehaviour behaviour = scenario.destination().behaviour();
        Boolean loads = comparison.loads();
        // QEMU does not ask whether a loss is safe: such questions leave what it does as it is.
        boolean onlySafetyIsOpen = scenario.questions().stream()
                .allMatch(question ->
                        question.about() == Question.About.SAFE || question.about() == Question.About.SAFELY_HIDDEN);
        if (loads == null || !onlySafetyIsOpen && !(trials.exhaustive() && trials.agreeOn(Comparison::loads))) {
            return new QemuOutcome(null, behaviour, null, List.of());
        }
        boolean stageIsKnown = onlySafetyIsOpen || trials.agreeOn(Comparison::failedStage);
        boolean messagesAreKnown = onlySafetyIsOpen || trials.agreeOn(this::messages);
        return new QemuOutcome(
                loads,
                behaviour,
                stageIsKnown ? comparison.failedStage() : null,
                messagesAreKnown ? messages(comparison) : List.of());
    }

    private List<String> messages(Comparison of) {
        return QemuMessages.of(of.difference(), of.decision(), of.values(), scenario.destination());
    }

    private void questions() {
        for (Question question : scenario.questions()) {
            findings.add(Finding.of(
                    question.kind(),
                    ofQuestions,
                    question.register(),
                    question.entry(),
                    valueOnSource(question.register()),
                    FindingText.open(question, ofQuestions)));
        }
    }

    private void hidden(List<RegisterId> hidden, EffectivePolicy policy, FindingKind kind) {
        for (RegisterId register : hidden) {
            PolicyEntry entry = hidingEntry(policy, register);
            findings.add(Finding.of(
                    kind,
                    Severity.INFO,
                    register,
                    entry,
                    kind == FindingKind.HIDDEN_ON_SOURCE ? valueOnSource(register) : null,
                    FindingText.hidden(kind, register, entry)));
            HidingSafety loss = kind == FindingKind.HIDDEN_ON_SOURCE ? scenario.lossByHiding(register) : null;
            Long value = valueOnSource(register);
            if (loss != null && value != null) {
                findings.add(Finding.of(
                        FindingKind.CONDITION_NOT_MET,
                        Severity.UNSAFE,
                        register,
                        loss.entry(),
                        value,
                        FindingText.hiddenWithALoss(register, value, loss.entry())));
            }
        }
    }

    private static @Nullable PolicyEntry hidingEntry(EffectivePolicy policy, RegisterId register) {
        EffectivePolicy.Element element = policy.element(CompatProperty.HIDDEN_REGS, register);
        return element == null ? null : element.explainingEntry();
    }

    private void length() {
        if (comparison.decision().failedStage() == FailedStage.LENGTH) {
            findings.add(Finding.of(
                    FindingKind.LENGTH_EXCEEDED,
                    verdict == Verdict.UNKNOWN ? Severity.UNKNOWN : Severity.BLOCKING,
                    FindingText.lengthExceeded(
                            difference.outgoing().size(), difference.local().size())));
        }
    }

    private void extras() {
        for (int i = 0; i < difference.extraCount(); i++) {
            RegisterId register = new RegisterId(difference.extra(i));
            LossPermission permission = scenario.permissionOf(register.bits());
            if (!isKnownWhatBecomesOf(register)) {
                findings.add(extra(
                        FindingKind.EXTRA_UNDECIDED,
                        ofQuestions == Severity.INFO ? Severity.WARNING : ofQuestions,
                        register,
                        permission,
                        FindingText.extraUndecided(register)));
                continue;
            }
            boolean safe = comparison.safe().get(i);
            findings.add(
                    switch (comparison.decision().treatments().get(i)) {
                        case FATAL -> fatal(register, permission);
                        case TOLERATED -> tolerated(register, permission, safe);
                        case DROPPED -> dropped(register, permission, safe);
                    });
        }
    }

    private boolean isKnownWhatBecomesOf(RegisterId register) {
        return trials.exhaustive()
                ? trials.agreeOn(each -> each.outcomeOf(register.bits()))
                : scenario.questions().stream()
                        .noneMatch(question -> question.register().equals(register));
    }

    private Finding fatal(RegisterId register, LossPermission permission) {
        fatal++;
        boolean hidden = scenario.isHiddenOnDestination(register);
        return extra(
                FindingKind.EXTRA_FATAL,
                Severity.BLOCKING,
                register,
                permission,
                FindingText.fatal(register, permission, hidden));
    }

    private Finding tolerated(RegisterId register, LossPermission permission, boolean safe) {
        PolicyEntry entry = permission.entry();
        if (safe) {
            tolerated++;
            return extra(
                    FindingKind.EXTRA_TOLERATED,
                    Severity.WARNING,
                    register,
                    permission,
                    FindingText.tolerated(register, entry));
        }
        dropped++;
        return extra(
                FindingKind.CONDITION_NOT_MET,
                Severity.UNSAFE,
                register,
                permission,
                FindingText.conditionNotMet(register, entry));
    }

    private Finding dropped(RegisterId register, LossPermission permission, boolean safe) {
        if (safe) {
            tolerated++;
            return extra(
                    FindingKind.EXTRA_TOLERATED,
                    Severity.WARNING,
                    register,
                    permission,
                    FindingText.droppedSafely(register, permission.entry()));
        }
        dropped++;
        return extra(
                FindingKind.EXTRA_DROPPED,
                comparison.decision().passes() ? Severity.UNSAFE : Severity.WARNING,
                register,
                permission,
                FindingText.dropped(register, scenario.destination().behaviour()));
    }

    private Finding extra(
            FindingKind kind, Severity severity, RegisterId register, LossPermission permission, String sentence) {
        PolicyEntry entry = permission.entry();
        if (entry == null && scenario.isHiddenOnDestination(register)) {
            entry = hidingEntry(scenario.destination().policy(), register);
        }
        return Finding.of(kind, severity, register, entry, valueOnSource(register), sentence);
    }

    private void absent() {
        for (RegisterId register : difference.absentRegisters()) {
            boolean hidden = scenario.isHiddenOnSource(register);
            OptionalLong own = scenario.destination().registers().valueOf(register);
            findings.add(new Finding(
                    FindingKind.ABSENT,
                    Severity.WARNING,
                    register,
                    hidden ? hidingEntry(scenario.source().policy(), register) : null,
                    null,
                    null,
                    own.isPresent() ? own.getAsLong() : null,
                    FindingText.absent(register, hidden)));
        }
    }

    private @Nullable Long valueOnSource(RegisterId register) {
        OptionalLong value = scenario.source().registers().valueOf(register);
        return value.isPresent() ? value.getAsLong() : null;
    }
}
