package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.ValueCondition;
import org.migreg.register.ListDifference;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/**
 * Decides whether a guest may go from one host to another: hides, compares the lists as the
 * destination's QEMU does, then the values as KVM does.
 *
 * <p>What cannot be told (a kernel range that the kernel's text does not decide, a condition whose
 * value is missing) is tried both ways: where the verdict is the same, it stands; where the guest may
 * migrate either way, it is {@link Verdict#COMPATIBLE_WITH_WARNINGS}; else it is {@link
 * Verdict#UNKNOWN} and the findings say what was missing.
 */
public final class Evaluator {

    /** More independent questions than this are not tried out: 2^6 trials of real lists take about a millisecond. */
    private static final int MOST_QUESTIONS = 6;

    private Evaluator() {}

    public static Evaluation evaluate(SourceSide source, DestinationSide destination) {
        RegisterList sourceList = source.registers();
        RegisterList destinationList = destination.registers();
        if (sourceList == null || destinationList == null) {
            return withoutLists(sourceList == null, destinationList == null, destination);
        }
        return new Report(Trials.of(new Case(source, sourceList, destination, destinationList))).evaluation();
    }

    /** The verdict of {@link #evaluate} alone, without putting the reasons into words. */
    public static Verdict verdict(SourceSide source, DestinationSide destination) {
        RegisterList sourceList = source.registers();
        RegisterList destinationList = destination.registers();
        if (sourceList == null || destinationList == null) {
            return Verdict.UNKNOWN;
        }
        Case open = new Case(source, sourceList, destination, destinationList);
        return open.subjects().size() > MOST_QUESTIONS
                ? Verdict.UNKNOWN
                : Trials.of(open).verdict();
    }

    private static Evaluation withoutLists(boolean noSource, boolean noDestination, DestinationSide destination) {
        List<Finding> findings = new ArrayList<>();
        if (noSource) {
            findings.add(
                    Finding.of(FindingKind.LIST_MISSING, Severity.UNKNOWN, "The source's register list is not known."));
        }
        if (noDestination) {
            findings.add(Finding.of(
                    FindingKind.LIST_MISSING, Severity.UNKNOWN, "The destination's register list is not known."));
        }
        String whose = noSource && noDestination ? "Neither side's" : noSource ? "The source's" : "The destination's";
        return new Evaluation(
                Verdict.UNKNOWN,
                Basis.NOTHING,
                new QemuOutcome(null, destination.behaviour(), null, List.of()),
                whose + " register list is " + (noSource && noDestination ? "" : "not ")
                        + "known, so nothing can be said: capture that host, or give its registers.",
                Counts.NONE,
                findings);
    }

    /** @param ids ascending (unsigned) */
    private static boolean contains(long[] ids, long id) {
        int low = 0;
        int high = ids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(ids[middle], id);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /**
     * Something that cannot be told, whose answer may change the verdict.
     *
     * @param soleEntry whether nothing but that entry's kernel range decides
     */
    record Question(
            About about,
            RegisterId register,
            @Nullable PolicyEntry entry,
            boolean soleEntry,
            FindingKind kind,
            String reason) {

        /** Equal for questions that have one answer: whether one range has one host's kernel. */
        Object subject() {
            return entry != null && soleEntry && kind != FindingKind.CONDITION_UNDECIDED
                    ? List.of(about == About.HIDDEN_ON_SOURCE, entry.kernels())
                    : List.of(about, register);
        }

        enum About {
            HIDDEN_ON_SOURCE,
            HIDDEN_ON_DESTINATION,
            /** In force on the destination, and thereby declared safe. */
            TOLERATED,
            /** In force either way; whether it is safe depends. */
            SAFE
        }
    }

    /** What the policy or the tolerances say of one extra register. */
    record Cover(Answer inForce, Answer safe, @Nullable PolicyEntry entry, FindingKind kind, String reason) {
        static final Cover NONE = new Cover(Answer.NO, Answer.NO, null, FindingKind.EXTRA_FATAL, "");
    }

    enum Answer {
        YES,
        NO,
        OPEN
    }

    /** The two sides with all that is decided about them. */
    static final class Case {

        final SourceSide source;
        final DestinationSide destination;
        final RegisterList sourceList;
        final RegisterList destinationList;
        final long[] hiddenOnSource;
        final long[] hiddenOnDestination;
        private final boolean xMig;
        private final List<Question> questions = new ArrayList<>();
        private final Map<Long, Cover> covers = new LinkedHashMap<>();

        Case(SourceSide source, RegisterList sourceList, DestinationSide destination, RegisterList destinationList) {
            this.source = source;
            this.destination = destination;
            this.sourceList = sourceList;
            this.destinationList = destinationList;
            this.xMig = destination.behaviour() instanceof LoadBehaviour.XMigProperties;
            hiddenOnSource = source.xMigProperties() ? present(source.policy(), sourceList) : new long[0];
            hiddenOnDestination = xMig ? present(destination.policy(), destinationList) : new long[0];
            if (source.xMigProperties()) {
                askWhetherHidden(source.policy(), sourceList, Question.About.HIDDEN_ON_SOURCE);
            }
            if (xMig) {
                askWhetherHidden(destination.policy(), destinationList, Question.About.HIDDEN_ON_DESTINATION);
            }
            coverExtras();
        }

        List<Question> questions() {
            return questions;
        }

        /** What is asked about, numbered. */
        Map<Object, Integer> subjects() {
            Map<Object, Integer> subjects = new HashMap<>();
            questions.forEach(question -> subjects.putIfAbsent(question.subject(), subjects.size()));
            return subjects;
        }

        private static long[] present(EffectivePolicy policy, RegisterList list) {
            return Arrays.stream(policy.decidedIds(CompatProperty.HIDDEN_REGS))
                    .filter(id -> list.indexOf(id) >= 0)
                    .toArray();
        }

        private void askWhetherHidden(EffectivePolicy policy, RegisterList list, Question.About about) {
            for (EffectivePolicy.Element element : policy.undecidedElements(CompatProperty.HIDDEN_REGS)) {
                if (list.contains(element.register())) {
                    EffectivePolicy.Origin origin = element.origins().getFirst();
                    questions.add(new Question(
                            about,
                            element.register(),
                            origin.entry(),
                            element.origins().size() == 1,
                            FindingKind.ENTRY_UNDECIDED,
                            origin.match().reason()));
                }
            }
        }

        /** Every register that may turn out extra: not in the destination's list, or perhaps hidden there. */
        private void coverExtras() {
            RegisterList kept = destinationList.without(hiddenOnDestination);
            Set<Long> perhapsHidden = questions.stream()
                    .filter(question -> question.about() == Question.About.HIDDEN_ON_DESTINATION)
                    .map(question -> question.register().bits())
                    .collect(Collectors.toSet());
            for (int i = 0; i < sourceList.size(); i++) {
                long id = sourceList.idAt(i);
                if (contains(hiddenOnSource, id)) {
                    continue;
                }
                if (kept.indexOf(id) >= 0 && !perhapsHidden.contains(id)) {
                    continue;
                }
                OptionalLong value =
                        sourceList.hasValueAt(i) ? OptionalLong.of(sourceList.valueAt(i)) : OptionalLong.empty();
                Cover cover = cover(new RegisterId(id), value);
                covers.put(id, cover);
                if (cover.inForce() == Answer.OPEN) {
                    ask(Question.About.TOLERATED, id, cover);
                } else if (cover.safe() == Answer.OPEN) {
                    ask(Question.About.SAFE, id, cover);
                }
            }
        }

        private void ask(Question.About about, long id, Cover cover) {
            RegisterId register = new RegisterId(id);
            EffectivePolicy.Element element = destination.policy().element(CompatProperty.SAFE_MISSING_REGS, register);
            boolean soleEntry = element != null && element.origins().size() == 1;
            questions.add(new Question(about, register, cover.entry(), soleEntry, cover.kind(), cover.reason()));
        }

        private Cover cover(RegisterId register, OptionalLong value) {
            Cover byTable = coverByTable(register, value);
            return switch (destination.behaviour()) {
                case LoadBehaviour.XMigProperties b -> byTable;
                case LoadBehaviour.Tolerances t
                when t.fromTable() ->
                    // As a tolerance the condition is tested by QEMU itself: in force means safe.
                    new Cover(byTable.safe(), byTable.safe(), byTable.entry(), byTable.kind(), byTable.reason());
                case LoadBehaviour.Tolerances t -> coverByUpstream(register, value, byTable);
                case LoadBehaviour.LengthChecked b -> declaredOnly(byTable);
                case LoadBehaviour.AllMismatches b -> declaredOnly(byTable);
            };
        }

        private static Cover declaredOnly(Cover byTable) {
            return new Cover(Answer.NO, byTable.safe(), byTable.entry(), byTable.kind(), byTable.reason());
        }

        private Cover coverByTable(RegisterId register, OptionalLong value) {
            EffectivePolicy.Element element = destination.policy().element(CompatProperty.SAFE_MISSING_REGS, register);
            if (element == null) {
                return Cover.NONE;
            }
            Answer inForce = element.isDecided() ? Answer.YES : Answer.OPEN;
            Cover open = null;
            Cover notMet = null;
            for (EffectivePolicy.Origin origin : element.origins()) {
                ValueCondition condition = origin.entry().condition();
                boolean met = condition == null || value.isPresent() && condition.isMetBy(value.getAsLong());
                if (met && origin.isDecided()) {
                    return new Cover(inForce, Answer.YES, origin.entry(), FindingKind.EXTRA_TOLERATED, "");
                }
                if (met) {
                    open = new Cover(
                            inForce,
                            Answer.OPEN,
                            origin.entry(),
                            FindingKind.ENTRY_UNDECIDED,
                            origin.match().reason());
                } else if (value.isEmpty() && open == null) {
                    open = new Cover(
                            inForce,
                            Answer.OPEN,
                            origin.entry(),
                            FindingKind.CONDITION_UNDECIDED,
                            "the condition " + condition
                                    + " needs the register's value on the source, which was not given");
                } else if (notMet == null) {
                    notMet = new Cover(
                            inForce,
                            Answer.NO,
                            origin.entry(),
                            FindingKind.CONDITION_NOT_MET,
                            inForce == Answer.YES ? "" : origin.match().reason());
                }
            }
            return open != null ? open : notMet != null ? notMet : Cover.NONE;
        }

        private Cover coverByUpstream(RegisterId register, OptionalLong value, Cover byTable) {
            for (Tolerance tolerance : Tolerance.UPSTREAM) {
                if (!tolerance.register().equals(register) || !tolerance.isFor(destination.accelerator())) {
                    continue;
                }
                ValueCondition condition = tolerance.condition();
                if (condition == null || value.isPresent() && condition.isMetBy(value.getAsLong())) {
                    return new Cover(Answer.YES, Answer.YES, byTable.entry(), FindingKind.EXTRA_TOLERATED, "");
                }
                if (value.isEmpty()) {
                    return new Cover(
                            Answer.OPEN,
                            Answer.OPEN,
                            byTable.entry(),
                            FindingKind.CONDITION_UNDECIDED,
                            "the tolerance of " + tolerance.origin() + " (" + condition
                                    + ") needs the register's value on the source, which was not given");
                }
            }
            return declaredOnly(byTable);
        }

        Trial tryOut(boolean[] yes) {
            RegisterList outgoing =
                    sourceList.without(withAnswers(hiddenOnSource, Question.About.HIDDEN_ON_SOURCE, yes));
            RegisterList local = destinationList.without(
                    withAnswers(hiddenOnDestination, Question.About.HIDDEN_ON_DESTINATION, yes));
            ListDifference difference = ListDifference.between(outgoing, local);
            boolean[] tolerated = new boolean[difference.extraCount()];
            BitSet safe = new BitSet(difference.extraCount());
            for (int i = 0; i < tolerated.length; i++) {
                Cover cover = coverOf(difference.extra(i));
                tolerated[i] = cover.inForce() == Answer.YES;
                safe.set(i, cover.safe() == Answer.YES);
            }
            int safeMissing = destination.policy().decidedIds(CompatProperty.SAFE_MISSING_REGS).length;
            for (int q = 0; q < yes.length; q++) {
                Question question = questions.get(q);
                if (!yes[q]) {
                    continue;
                }
                if (question.about() == Question.About.TOLERATED && xMig) {
                    safeMissing++;
                }
                for (int i = 0; i < tolerated.length; i++) {
                    if (difference.extra(i) != question.register().bits()) {
                        continue;
                    }
                    if (question.about() == Question.About.TOLERATED) {
                        tolerated[i] = true;
                        safe.set(i, safe.get(i) || coverOf(difference.extra(i)).safe() != Answer.NO);
                    } else if (question.about() == Question.About.SAFE) {
                        safe.set(i);
                    }
                }
            }
            ListDecision decision = destination.behaviour().decide(difference, tolerated, safeMissing);
            ValueComparison values = ValueComparison.of(difference, destination);
            return new Trial(difference, decision, safe, values);
        }

        Cover coverOf(long id) {
            return covers.getOrDefault(id, Cover.NONE);
        }

        private long[] withAnswers(long[] decided, Question.About about, boolean[] yes) {
            List<Long> all = new ArrayList<>();
            for (int q = 0; q < yes.length; q++) {
                if (yes[q] && questions.get(q).about() == about) {
                    all.add(questions.get(q).register().bits());
                }
            }
            if (all.isEmpty()) {
                return decided;
            }
            for (long id : decided) {
                all.add(id);
            }
            return all.stream()
                    .sorted(Long::compareUnsigned)
                    .mapToLong(Long::longValue)
                    .toArray();
        }
    }

    /** One run of the comparison with every question answered. */
    record Trial(ListDifference difference, ListDecision decision, BitSet safe, ValueComparison values) {

        Verdict verdict() {
            if (!decision.passes() || !values.refused().isEmpty()) {
                return Verdict.INCOMPATIBLE;
            }
            if (values.hasUndecided()) {
                return Verdict.UNKNOWN;
            }
            if (safe.cardinality() < difference.extraCount()) {
                return Verdict.UNSAFE;
            }
            boolean warns = difference.extraCount() > 0
                    || difference.absentCount() > 0
                    || values.compared() > 0 && !values.notGiven().isEmpty()
                    || values.decisions().stream().anyMatch(Trial::warns);
            return warns ? Verdict.COMPATIBLE_WITH_WARNINGS : Verdict.COMPATIBLE;
        }

        /** Whether QEMU loads the guest; null where a value rule lacks something. */
        @Nullable
        Boolean loads() {
            if (failedStage() != null) {
                return false;
            }
            return values.hasUndecided() ? null : true;
        }

        @Nullable
        FailedStage failedStage() {
            if (!decision.passes()) {
                return decision.failedStage();
            }
            return values.refused().isEmpty() ? null : FailedStage.VALUE;
        }

        /** What becomes of this register, in a form that compares: empty where it is not an extra one. */
        String fateOf(long id) {
            for (int i = 0; i < difference.extraCount(); i++) {
                if (difference.extra(i) == id) {
                    return decision.fates().get(i) + (safe.get(i) ? " safely" : "");
                }
            }
            return "";
        }

        private static boolean warns(ValueComparison.Decided decided) {
            return switch (decided.decision()) {
                case ValueDecision.Changed d -> false;
                case ValueDecision.WithoutRule d -> true;
                case ValueDecision.Accepted d -> false;
                case ValueDecision.Refused d -> false;
                case ValueDecision.Undecided d -> false;
            };
        }
    }

    /**
     * What comes of every combination of answers to the open questions.
     *
     * @param all the first with nothing that is open applying; it alone where there are too many questions
     * @param exhaustive whether no combination is left out
     */
    private record Trials(Case open, List<Trial> all, boolean exhaustive) {

        static Trials of(Case open) {
            List<Question> questions = open.questions();
            Map<Object, Integer> subjects = open.subjects();
            boolean exhaustive = subjects.size() <= MOST_QUESTIONS;
            int combinations = exhaustive ? 1 << subjects.size() : 1;
            List<Trial> trials = new ArrayList<>(combinations);
            for (int answers = 0; answers < combinations; answers++) {
                boolean[] yes = new boolean[questions.size()];
                for (int i = 0; answers != 0 && i < yes.length; i++) {
                    yes[i] = (answers >> subjects.getOrDefault(questions.get(i).subject(), 0) & 1) != 0;
                }
                trials.add(open.tryOut(yes));
            }
            return new Trials(open, trials, exhaustive);
        }

        Verdict verdict() {
            if (exhaustive && inAll(Trial::verdict)) {
                return all.getFirst().verdict();
            }
            return exhaustive && all.stream().allMatch(each -> each.verdict().mayMigrate())
                    ? Verdict.COMPATIBLE_WITH_WARNINGS
                    : Verdict.UNKNOWN;
        }

        /** Whether this is the same however the open questions are answered. */
        boolean inAll(Function<Trial, @Nullable Object> of) {
            Object ofFirst = of.apply(all.getFirst());
            return all.stream().allMatch(each -> Objects.equals(of.apply(each), ofFirst));
        }
    }

    /** Puts trials into words: the first, in which nothing that is open applies, and where others differ from it. */
    private static final class Report {

        private static final int MOST_NAMES = 10;

        private final Case open;
        private final Trial trial;
        private final Trials trials;
        private final List<Question> questions;
        private final Verdict verdict;
        /** How heavily an open question weighs. */
        private final Severity ofQuestions;

        private final List<Finding> findings = new ArrayList<>();
        private int tolerated;
        private int fatal;
        private int dropped;

        Report(Trials trials) {
            this.open = trials.open();
            this.trial = trials.all().getFirst();
            this.trials = trials;
            this.questions = open.questions();
            this.verdict = trials.verdict();
            this.ofQuestions = trials.exhaustive() && trials.inAll(Trial::verdict)
                    ? Severity.INFO
                    : verdict.mayMigrate() ? Severity.WARNING : Severity.UNKNOWN;
        }

        Evaluation evaluation() {
            reportQuestions();
            reportHidden(open.hiddenOnSource, open.source.policy(), FindingKind.HIDDEN_ON_SOURCE, "sent");
            reportHidden(
                    open.hiddenOnDestination, open.destination.policy(), FindingKind.HIDDEN_ON_DESTINATION, "compared");
            reportLength();
            reportExtras();
            reportAbsent();
            reportValues();
            findings.sort(Comparator.comparing(Finding::severity)
                    .thenComparing(f -> f.register() == null ? 0 : f.register().bits(), Long::compareUnsigned)
                    .thenComparing(Finding::kind));
            ListDifference difference = trial.difference();
            Counts counts = new Counts(
                    difference.outgoing().size(),
                    difference.local().size(),
                    difference.commonCount(),
                    difference.extraCount(),
                    difference.absentCount(),
                    tolerated,
                    fatal,
                    dropped,
                    open.hiddenOnSource.length,
                    open.hiddenOnDestination.length,
                    trial.values().compared(),
                    trial.values().refused().size());
            Basis basis = trial.values().decides() ? Basis.LISTS_AND_VALUES : Basis.LISTS;
            return new Evaluation(
                    verdict, basis, outcome(), new Summary(verdict, basis, counts, findings).text(), counts, findings);
        }

        private QemuOutcome outcome() {
            LoadBehaviour behaviour = open.destination.behaviour();
            Boolean loads = trial.loads();
            boolean toldBySafetyAlone =
                    questions.stream().allMatch(question -> question.about() == Question.About.SAFE);
            if (loads == null || !toldBySafetyAlone && !(trials.exhaustive() && trials.inAll(Trial::loads))) {
                return new QemuOutcome(null, behaviour, null, List.of());
            }
            boolean stageIsTold = toldBySafetyAlone || trials.inAll(Trial::failedStage);
            boolean messagesAreTold = toldBySafetyAlone || trials.inAll(this::messages);
            return new QemuOutcome(
                    loads,
                    behaviour,
                    stageIsTold ? trial.failedStage() : null,
                    messagesAreTold ? messages(trial) : List.of());
        }

        private List<String> messages(Trial of) {
            return QemuMessages.of(of.difference(), of.decision(), of.values(), open.destination);
        }

        private void reportQuestions() {
            for (Question question : questions) {
                boolean aboutExtra =
                        question.about() == Question.About.TOLERATED || question.about() == Question.About.SAFE;
                String effect = aboutExtra
                        ? "losing its state on the destination is allowed"
                        : question.about() == Question.About.HIDDEN_ON_SOURCE
                                ? "the source hides it"
                                : "the destination hides it";
                findings.add(Finding.of(
                        question.kind(),
                        ofQuestions,
                        question.register(),
                        question.entry(),
                        valueOnSource(question.register()),
                        "Whether " + effect + " cannot be told for "
                                + question.register().name() + ": "
                                + sentenceEnd(question.reason())
                                + switch (ofQuestions) {
                                    case INFO -> " The verdict is the same either way.";
                                    case WARNING -> " The guest may migrate either way.";
                                    default -> "";
                                }));
            }
        }

        private void reportHidden(long[] hidden, EffectivePolicy policy, FindingKind kind, String what) {
            for (long id : hidden) {
                RegisterId register = new RegisterId(id);
                EffectivePolicy.Element element = policy.element(CompatProperty.HIDDEN_REGS, register);
                PolicyEntry entry = element == null ? null : element.explainingEntry();
                findings.add(Finding.of(
                        kind,
                        Severity.INFO,
                        register,
                        entry,
                        kind == FindingKind.HIDDEN_ON_SOURCE ? valueOnSource(register) : null,
                        register.name() + " is hidden on the "
                                + (kind == FindingKind.HIDDEN_ON_SOURCE ? "source" : "destination")
                                + (entry == null ? "" : " by machine type " + entry.machineType())
                                + ": it is not " + what + "."));
            }
        }

        private void reportLength() {
            if (trial.decision().failedStage() != FailedStage.LENGTH) {
                return;
            }
            ListDifference difference = trial.difference();
            findings.add(Finding.of(
                    FindingKind.LENGTH_EXCEEDED,
                    verdict == Verdict.UNKNOWN ? Severity.UNKNOWN : Severity.BLOCKING,
                    "The incoming list has " + difference.outgoing().size()
                            + " registers, more than the destination, which has "
                            + difference.local().size() + ", accepts: QEMU fails before it looks at any of them."));
        }

        private void reportExtras() {
            ListDifference difference = trial.difference();
            for (int i = 0; i < difference.extraCount(); i++) {
                RegisterId register = new RegisterId(difference.extra(i));
                Cover cover = open.coverOf(register.bits());
                Fate fate = trial.decision().fates().get(i);
                boolean told = trials.exhaustive()
                        ? trials.inAll(each -> each.fateOf(register.bits()))
                        : questions.stream()
                                .noneMatch(question -> question.register().equals(register));
                if (!told) {
                    findings.add(
                            extra(
                                    FindingKind.EXTRA_UNDECIDED,
                                    ofQuestions == Severity.INFO ? Severity.WARNING : ofQuestions,
                                    register,
                                    cover,
                                    " is in the incoming stream and unknown on the destination; whether that is tolerated cannot be told."));
                    continue;
                }
                switch (fate) {
                    case FATAL -> {
                        fatal++;
                        findings.add(extra(
                                FindingKind.EXTRA_FATAL,
                                Severity.BLOCKING,
                                register,
                                cover,
                                fatalEnding(register, cover)));
                    }
                    case TOLERATED ->
                        reportTolerated(register, cover, trial.safe().get(i));
                    case DROPPED -> reportDropped(register, cover, trial.safe().get(i));
                }
            }
        }

        private void reportTolerated(RegisterId register, Cover cover, boolean safe) {
            if (safe) {
                tolerated++;
                findings.add(extra(
                        FindingKind.EXTRA_TOLERATED,
                        Severity.WARNING,
                        register,
                        cover,
                        " is in the incoming stream and unknown on the destination, which ignores it as "
                                + (cover.entry() == null
                                        ? "QEMU's own tolerance says."
                                        : "machine type " + cover.entry().machineType()
                                                + " declares it safe to lose.")));
                return;
            }
            dropped++;
            PolicyEntry entry = cover.entry();
            findings.add(extra(
                    FindingKind.CONDITION_NOT_MET,
                    Severity.UNSAFE,
                    register,
                    cover,
                    " would be ignored on the destination, yet its value does not meet the condition under which losing it is safe"
                            + (entry == null || entry.condition() == null ? "" : " (" + entry.condition() + ")")
                            + ": its state would be lost."));
        }

        private void reportDropped(RegisterId register, Cover cover, boolean safe) {
            if (safe) {
                tolerated++;
                findings.add(extra(
                        FindingKind.EXTRA_TOLERATED,
                        Severity.WARNING,
                        register,
                        cover,
                        " passes this QEMU's comparison unnoticed and is lost, which "
                                + (cover.entry() == null
                                        ? "is declared safe."
                                        : "machine type " + cover.entry().machineType() + " declares safe.")));
                return;
            }
            boolean listFails = !trial.decision().passes();
            dropped++;
            findings.add(extra(
                    FindingKind.EXTRA_DROPPED,
                    listFails ? Severity.WARNING : Severity.UNSAFE,
                    register,
                    cover,
                    " is unknown on the destination and passes this QEMU's comparison unnoticed ("
                            + (open.destination.behaviour() instanceof LoadBehaviour.LengthChecked
                                    ? "it lies above the destination's last register"
                                    : "a tolerated register above it overwrites the failure")
                            + "): its state would be lost, and no policy declares that safe."));
        }

        private String fatalEnding(RegisterId register, Cover cover) {
            if (contains(open.hiddenOnDestination, register.bits())) {
                return " is hidden on the destination alone, which makes it an unknown one in the incoming stream: hide it on the"
                        + " source too, or declare it safe-missing on the destination.";
            }
            PolicyEntry entry = cover.entry();
            if (cover.kind() == FindingKind.CONDITION_NOT_MET && entry != null) {
                return " is in the incoming stream and unknown on the destination; its value does not meet the condition of the"
                        + " tolerance (" + entry.condition() + ").";
            }
            if (cover.safe() == Answer.YES) {
                return " is in the incoming stream and unknown on the destination; the tables declare it safe to lose, but this"
                        + " destination's QEMU does not carry them.";
            }
            return " is in the incoming stream and unknown on the destination, and nothing tolerates it.";
        }

        private Finding extra(FindingKind kind, Severity severity, RegisterId register, Cover cover, String ending) {
            PolicyEntry entry = cover.entry();
            if (entry == null) {
                EffectivePolicy.Element hidden =
                        open.destination.policy().element(CompatProperty.HIDDEN_REGS, register);
                if (hidden != null && contains(open.hiddenOnDestination, register.bits())) {
                    entry = hidden.explainingEntry();
                }
            }
            return Finding.of(kind, severity, register, entry, valueOnSource(register), register.name() + ending);
        }

        private void reportAbsent() {
            ListDifference difference = trial.difference();
            for (int i = 0; i < difference.absentCount(); i++) {
                RegisterId register = new RegisterId(difference.absent(i));
                boolean hidden = contains(open.hiddenOnSource, register.bits());
                EffectivePolicy.Element element =
                        hidden ? open.source.policy().element(CompatProperty.HIDDEN_REGS, register) : null;
                OptionalLong own = open.destinationList.valueOf(register);
                findings.add(new Finding(
                        FindingKind.ABSENT,
                        Severity.WARNING,
                        register,
                        element == null ? null : element.explainingEntry(),
                        null,
                        null,
                        own.isPresent() ? own.getAsLong() : null,
                        register.name() + (hidden ? " is hidden on the source" : " is not in the incoming stream")
                                + ": it keeps its reset value on the destination."));
            }
        }

        private void reportValues() {
            ValueComparison values = trial.values();
            List<RegisterId> notGiven = values.notGiven();
            if (values.compared() > 0 && !notGiven.isEmpty()) {
                String names = notGiven.stream()
                        .limit(MOST_NAMES)
                        .map(RegisterId::name)
                        .collect(Collectors.joining(", "));
                findings.add(Finding.of(
                        FindingKind.VALUES_NOT_GIVEN,
                        Severity.WARNING,
                        notGiven.size() + (notGiven.size() == 1 ? " register" : " registers")
                                + " whose value the destination checks had no value on one side, and went unchecked: "
                                + names + (notGiven.size() > MOST_NAMES ? ", ..." : "") + "."));
            }
            for (ValueComparison.Decided decided : values.decisions()) {
                String name = decided.register().name();
                Long incoming = decided.absent() ? null : decided.incoming();
                Finding finding = switch (decided.decision()) {
                    case ValueDecision.Refused d ->
                        valueFinding(
                                FindingKind.VALUE_REFUSED,
                                Severity.BLOCKING,
                                decided,
                                incoming,
                                d.rule(),
                                "The destination refuses " + name + ": " + d.reason()
                                        + ". No list policy cures a refused value.");
                    case ValueDecision.Changed d ->
                        valueFinding(
                                FindingKind.VALUE_CHANGED,
                                Severity.INFO,
                                decided,
                                incoming,
                                d.rule(),
                                name + " is accepted and changed: " + d.reason() + ".");
                    case ValueDecision.Undecided d ->
                        valueFinding(
                                FindingKind.VALUE_UNDECIDED,
                                Severity.UNKNOWN,
                                decided,
                                incoming,
                                d.rule(),
                                "Whether the destination takes the value of " + name + " depends on " + d.needs()
                                        + ", which was not given.");
                    case ValueDecision.WithoutRule d ->
                        valueFinding(
                                FindingKind.VALUE_WITHOUT_RULE,
                                Severity.WARNING,
                                decided,
                                incoming,
                                null,
                                "No rule decides whether the destination takes the value of " + name + ": " + d.reason()
                                        + ".");
                    case ValueDecision.Accepted d -> null;
                };
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }

        private static Finding valueFinding(
                FindingKind kind,
                Severity severity,
                ValueComparison.Decided decided,
                @Nullable Long incoming,
                @Nullable String rule,
                String sentence) {
            return new Finding(kind, severity, decided.register(), null, rule, incoming, decided.current(), sentence);
        }

        private @Nullable Long valueOnSource(RegisterId register) {
            OptionalLong value = open.sourceList.valueOf(register);
            return value.isPresent() ? value.getAsLong() : null;
        }

        private static String sentenceEnd(String reason) {
            return reason.endsWith(".") ? reason : reason + ".";
        }
    }
}
