package org.migreg.question.advice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.FailedStage;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.ValueCondition;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.LossAssessment;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.fleet.StateLoss;
import org.migreg.question.fleet.StepBudget;
import org.migreg.register.RegisterId;

/**
 * Finds the smallest set of entries with which every wanted move passes the list comparison of a
 * destination that carries the properties: register by register ({@link RegisterCover} says why that
 * is exact), over kernel ranges whose bounds lie where captures differ ({@link RangeCandidate}).
 *
 * <p>An entry is for every host in its range, whatever its CPU model: registers that one model's
 * hosts expose and another's lack are decided for all of them together.
 */
public final class Advisor {

    /** Where the change of what KVM lists was made. Source: Linux's history, QEMU's messages about it. */
    private static final Map<String, List<String>> KNOWN_CHANGES = Map.of(
            "TCR2_EL1", List.of("Linux commit 0fcb4eea5345"),
            "PIRE0_EL1", List.of("Linux commit a68cddbe47ef"),
            "PIR_EL1", List.of("Linux commit a68cddbe47ef"),
            "KVM_REG_ARM_VENDOR_HYP_BMAP_2", List.of("Linux commit c0000e58c74e"),
            "DBGDTRTX", List.of("QEMU commit 655659a74a36", "QEMU commit 4f2b82f604"));

    /** Looks at moves that one piece of advice may cost, some seconds; shared alike by the registers. */
    private static final long MOST_LOOKS = 200_000_000;

    private final AdviceRequest request;
    private final long mostLooks;
    private final List<RegisterId> notSearchedOut = new ArrayList<>();
    /** Of the wanted moves those whose lists are known: a list that is cut tells nothing of what to tolerate. */
    private final List<HostPair> covered;

    private final List<CapturedHost> hosts;
    private final List<RegisterCover.Move> moves = new ArrayList<>();
    private final PairEvaluator before;
    private long nextId;

    private Advisor(AdviceRequest request, long mostLooks) {
        this.request = request;
        this.mostLooks = mostLooks;
        this.covered = request.wanted().stream()
                .filter(pair -> isWhole(pair.source()) && isWhole(pair.destination()))
                .toList();
        SequencedMap<String, CapturedHost> byLabel = new LinkedHashMap<>();
        for (HostPair pair : covered) {
            byLabel.putIfAbsent(pair.source().label(), pair.source());
            byLabel.putIfAbsent(pair.destination().label(), pair.destination());
        }
        this.hosts = List.copyOf(byLabel.values());
        Map<String, Integer> positions = new HashMap<>();
        for (CapturedHost host : hosts) {
            positions.put(host.label(), positions.size());
        }
        for (HostPair pair : covered) {
            moves.add(new RegisterCover.Move(
                    positions.getOrDefault(pair.source().label(), 0),
                    positions.getOrDefault(pair.destination().label(), 0)));
        }
        this.before = new PairEvaluator(request.table());
        this.nextId = request.table().allEntries().stream()
                        .mapToLong(PolicyEntry::id)
                        .max()
                        .orElse(0)
                + 1;
    }

    private static boolean isWhole(CapturedHost host) {
        return host.capture().whyNotWhole() == null;
    }

    public static Advice advise(AdviceRequest request) {
        return advise(request, MOST_LOOKS);
    }

    static Advice advise(AdviceRequest request, long mostLooks) {
        return new Advisor(request, mostLooks).advice();
    }

    private Advice advice() {
        List<AdvisedEntry> entries = new ArrayList<>();
        Set<Integer> failing = new TreeSet<>();
        SequencedSet<RegisterId> exposed = exposed();
        long looksForEach = Math.max(1, mostLooks / Math.max(1, exposed.size()));
        for (RegisterId register : exposed) {
            entries.addAll(adviseOn(register, failing, looksForEach));
        }
        entries.sort(Comparator.comparingInt(
                        (AdvisedEntry entry) -> -entry.unblocks().size())
                .thenComparing(entry -> entry.entry().register())
                .thenComparing(entry -> entry.entry().property())
                .thenComparing(entry -> entry.entry().kernels().toString()));
        List<PolicyEntry> all = new ArrayList<>(request.table().allEntries());
        entries.forEach(entry -> all.add(entry.entry()));
        PolicyTable table = PolicyTable.of(request.table().machineTypes(), all);
        List<BlockedMove> forbidden = new ArrayList<>();
        List<BlockedMove> undecided = new ArrayList<>();
        lookAtValues(table, forbidden, undecided);
        return new Advice(
                entries,
                table,
                request.wanted().size(),
                failing.stream().map(covered::get).toList(),
                forbidden,
                undecided,
                notSearchedOut);
    }

    private SequencedSet<RegisterId> exposed() {
        TreeSet<RegisterId> registers = new TreeSet<>();
        for (CapturedHost host : hosts) {
            registers.addAll(host.capture().registers().ids());
        }
        return new LinkedHashSet<>(registers);
    }

    private List<AdvisedEntry> adviseOn(RegisterId register, Set<Integer> failing, long looks) {
        List<RegisterCover.Host> seen = new ArrayList<>();
        List<LossAssessment> losses = new ArrayList<>();
        boolean differs = false;
        for (CapturedHost host : hosts) {
            LossAssessment loss = LossAssessment.of(register, host.capture().registers());
            losses.add(loss);
            RegisterCover.Host asSeen = asSeen(register, host, loss);
            seen.add(asSeen);
            differs |= !asSeen.exposes() || asSeen.hidden() || asSeen.perhapsHidden();
        }
        if (!differs) {
            return List.of();
        }
        ValueCondition condition = commonCondition(seen, losses);
        List<@Nullable KernelRelease> kernels = new ArrayList<>();
        hosts.forEach(host -> kernels.add(host.kernel()));
        List<RangeCandidate> ranges = RangeCandidate.of(kernels, marks(seen));
        RegisterCover cover = new RegisterCover(
                seen, moves, request.sourceXMigProperties(), condition != null, ranges, new StepBudget(looks));
        RegisterCover.Found found = cover.smallest();
        List<RegisterCover.Option> chosen = found.options();
        if (!found.searchedOut()) {
            notSearchedOut.add(register);
        }
        for (int i = 0; i < moves.size(); i++) {
            if (!cover.passes(moves.get(i), List.of())) {
                failing.add(i);
            }
        }
        List<AdvisedEntry> entries = new ArrayList<>();
        for (RegisterCover.Option option : chosen) {
            entries.add(entry(register, option, chosen, cover, seen, losses, condition));
        }
        return entries;
    }

    private RegisterCover.Host asSeen(RegisterId register, CapturedHost host, LossAssessment loss) {
        EffectivePolicy policy = before.policy(request.machineType(), host);
        EffectivePolicy.Element hidden = policy.element(CompatProperty.HIDDEN_REGS, register);
        EffectivePolicy.Element safe = policy.element(CompatProperty.SAFE_MISSING_REGS, register);
        boolean exposes = host.capture().registers().contains(register);
        return new RegisterCover.Host(
                exposes,
                hidden != null && hidden.isDecided(),
                hidden != null && !hidden.isDecided(),
                safe != null && safe.isDecided(),
                exposes ? loss.loss() : StateLoss.NONE);
    }

    /** Differences between hosts at which a kernel range may be bounded, in terms of CPU model and kind. */
    private List<String> marks(List<RegisterCover.Host> seen) {
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            RegisterCover.Host host = seen.get(i);
            marks.add(hosts.get(i).kind() + " " + host.exposes() + host.hidden() + host.perhapsHidden()
                    + host.safeMissing());
        }
        return marks;
    }

    /** The condition that every exposing host's value meets; null where none is needed or none holds. */
    private static @Nullable ValueCondition commonCondition(
            List<RegisterCover.Host> seen, List<LossAssessment> losses) {
        ValueCondition common = null;
        for (int i = 0; i < seen.size(); i++) {
            if (!seen.get(i).exposes() || losses.get(i).loss() == StateLoss.NONE) {
                continue;
            }
            ValueCondition condition = losses.get(i).condition();
            if (condition == null || common != null && !common.equals(condition)) {
                return null;
            }
            common = condition;
        }
        return common;
    }

    private AdvisedEntry entry(
            RegisterId register,
            RegisterCover.Option option,
            List<RegisterCover.Option> chosen,
            RegisterCover cover,
            List<RegisterCover.Host> seen,
            List<LossAssessment> losses,
            @Nullable ValueCondition condition) {
        List<RegisterCover.Option> others = new ArrayList<>(chosen);
        others.remove(option);
        List<HostPair> unblocks = new ArrayList<>();
        StateLoss worst = StateLoss.NONE;
        String reason = "";
        boolean hides = option.property() == CompatProperty.HIDDEN_REGS;
        for (int i = 0; i < moves.size(); i++) {
            RegisterCover.Move move = moves.get(i);
            if (!cover.passes(move, others)) {
                unblocks.add(covered.get(i));
            }
            boolean losesHere = seen.get(move.source()).exposes()
                    && (hides
                            ? option.range().hosts().get(move.source())
                            : option.range().hosts().get(move.destination())
                                    && !seen.get(move.destination()).exposes());
            if (losesHere) {
                StateLoss loss = losses.get(move.source()).loss();
                if (loss == StateLoss.NONE_WHILE_CONDITION_HOLDS && condition == null) {
                    loss = StateLoss.STATE;
                }
                if (reason.isEmpty() || loss.compareTo(worst) > 0) {
                    worst = loss;
                    reason = losses.get(move.source()).reason();
                }
            }
        }
        String lossReason = lossSentence(register, worst, reason);
        PolicyEntry entry = new PolicyEntry(
                nextId++,
                new EntryContent(
                                request.machineType(),
                                option.property(),
                                register,
                                option.range().range(),
                                condition,
                                (hides ? "Hidden where it is exposed" : "Safe to miss where it is unknown")
                                        + ", so that guests can move: " + exposure(seen) + ". " + lossReason)
                        .withReferences(KNOWN_CHANGES.getOrDefault(register.name(), List.of())));
        return new AdvisedEntry(entry, unblocks, worst, lossReason, rangeNote(option));
    }

    private static String lossSentence(RegisterId register, StateLoss loss, String reason) {
        return switch (loss) {
            case NONE -> "Losing " + register.name() + " is harmless: " + reason + ".";
            case NONE_WHILE_CONDITION_HOLDS ->
                "Losing " + register.name() + " is harmless under the entry's condition: " + reason + ".";
            case STATE -> "Guests lose " + register.name() + ": " + reason + ".";
        };
    }

    private String exposure(List<RegisterCover.Host> seen) {
        TreeSet<String> exposing = new TreeSet<>();
        TreeSet<String> lacking = new TreeSet<>();
        for (int i = 0; i < hosts.size(); i++) {
            (seen.get(i).exposes() ? exposing : lacking).add(kernelText(hosts.get(i)));
        }
        return "exposed by " + shortened(exposing) + "; not by " + shortened(lacking);
    }

    private static String kernelText(CapturedHost host) {
        KernelRelease kernel = host.kernel();
        return kernel == null ? host.label() : kernel.base().toString();
    }

    private static String shortened(Set<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        List<String> all = List.copyOf(names);
        return all.size() <= 8
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, 8)) + " and " + (all.size() - 8) + " more";
    }

    private String rangeNote(RegisterCover.Option option) {
        String range = option.range().range().toString();
        return option.range().bounds() == 0
                ? "The range " + range + " is unbounded: no captured kernel of it needs to be left out."
                : "The bounds of " + range + " are the first captured kernels on their side; where between two"
                        + " captured kernels the change was made, captures cannot tell.";
    }

    private void lookAtValues(PolicyTable table, List<BlockedMove> forbidden, List<BlockedMove> undecided) {
        PairEvaluator after = new PairEvaluator(table);
        ScenarioSettings settings = new ScenarioSettings(
                request.machineType(), new LoadBehaviour.XMigProperties(), request.sourceXMigProperties(), null);
        Cures cures = new Cures(request.wanted(), pair -> after.evaluate(pair, settings), this::hidingEverywhere);
        for (HostPair pair : request.wanted()) {
            Evaluation evaluation = after.evaluate(pair, settings);
            if (evaluation.verdict().mayMigrate()) {
                continue;
            }
            FailedStage stage = evaluation.qemuOutcome().failedAt();
            if (stage == FailedStage.LENGTH || stage == FailedStage.REGISTER) {
                throw new IllegalStateException("the advised entries do not let " + pair + " pass the list comparison: "
                        + evaluation.summary());
            }
            List<BlockedMove.RefusedValue> refusals = new ArrayList<>();
            for (Finding finding : evaluation.findings()) {
                if (finding.kind() == FindingKind.VALUE_REFUSED) {
                    refusals.add(new BlockedMove.RefusedValue(finding, cures.of(pair, finding)));
                }
            }
            (evaluation.verdict() == Verdict.INCOMPATIBLE ? forbidden : undecided)
                    .add(new BlockedMove(pair, evaluation, refusals));
        }
    }

    private @Nullable PolicyEntry hidingEverywhere(RegisterId register) {
        if (!request.sourceXMigProperties()) {
            return null;
        }
        List<RegisterCover.Host> seen = new ArrayList<>();
        for (CapturedHost host : hosts) {
            seen.add(asSeen(
                    register, host, LossAssessment.of(register, host.capture().registers())));
        }
        List<@Nullable KernelRelease> kernels = new ArrayList<>();
        hosts.forEach(host -> kernels.add(host.kernel()));
        List<RangeCandidate> covering = new ArrayList<>();
        for (RangeCandidate candidate : RangeCandidate.of(kernels, marks(seen))) {
            boolean all = true;
            for (int i = 0; i < seen.size(); i++) {
                all &= !seen.get(i).exposes() || candidate.hosts().get(i);
            }
            if (all) {
                covering.add(candidate);
            }
        }
        if (covering.isEmpty()) {
            return null;
        }
        RangeCandidate tightest = Collections.min(
                covering, Comparator.comparingInt(candidate -> candidate.hosts().cardinality()));
        return new PolicyEntry(
                nextId,
                new EntryContent(
                                request.machineType(),
                                CompatProperty.HIDDEN_REGS,
                                register,
                                tightest.range(),
                                null,
                                "Hidden so that a guest without its feature can go to a host that exposes it: "
                                        + exposure(seen) + ".")
                        .withReferences(KNOWN_CHANGES.getOrDefault(register.name(), List.of())));
    }
}
