package org.migreg.question.impact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.Severity;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.PageSize;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.ValueCondition;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.MachineType;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.fleet.StepBudget;
import org.migreg.register.RegisterId;
import org.migreg.register.WritableMasks;

/**
 * Compares the verdicts under two tables for every move among hosts of one kind, by machine type.
 *
 * <p>Built for tables of 10,000 entries and some hundred captures: entries for registers that no host
 * lists are left aside (they can change no verdict: hiding them hides nothing, and where every extra
 * register is safe-missing the length check passes without them); a machine type is looked at where
 * its chain's entries differ, a pair where an entry that differs may be for one of its hosts and the
 * effective policy of one does; moves with equal lists, values, masks and policies are judged once, across
 * machine types and tables; and what decides a move is looked for when somebody wants to see it.
 */
public final class ImpactAnalysis {

    /** Verdicts that one analysis finds, each once for moves that are alike: some ten seconds. */
    private static final long MOST_VERDICTS = 1_000_000;

    private final List<CapturedHost> hosts;
    private final ScenarioSettings settings;
    private final Table before;
    private final Table after;
    private final int[] sourceClasses;
    private final int[] destinationClasses;
    private final List<int[]> pairs = new ArrayList<>();
    private final Map<PolicyEffect, Integer> effects = new HashMap<>();
    private final Map<EffectivePolicy, Integer> effectsByPolicy = new HashMap<>();
    private final Map<Judged, Verdict> verdicts = new ConcurrentHashMap<>();
    private final Set<Judged> toBeJudged = new HashSet<>();
    private final StepBudget budget;
    private final Map<Differing, List<RegisterId>> deciding = new ConcurrentHashMap<>();
    private final Map<Reach, Boolean> reaches = new HashMap<>();
    private final Map<Entries, MachineTypeImpact> impacts = new HashMap<>();

    /** What of either side an evaluation depends on, besides its policy. */
    private record SideInputs(
            CaptureId list,
            @Nullable String kernelNumbers,
            @Nullable PageSize pageSize,
            boolean hasEl2,
            @Nullable CpuOptions cpu) {

        static SideInputs of(Capture capture) {
            KernelRelease kernel = capture.kernel();
            // Value rules look at a kernel's stream and upstream numbers, and of its flavour only the page size counts.
            return new SideInputs(
                    capture.listDigest(),
                    kernel == null ? null : kernel.kernelStream() + " " + kernel.base(),
                    kernel == null ? null : PageSize.of(kernel),
                    capture.hasEl2(),
                    capture.cpu());
        }
    }

    private record DestinationInputs(
            SideInputs side,
            Accelerator accelerator,
            @Nullable WritableMasks masks,
            @Nullable Integer hardwareNv) {}

    /** What of an effective policy a verdict depends on. */
    private record PolicyEffect(List<ElementEffect> elements) {}

    private record ElementEffect(CompatProperty property, RegisterId register, List<OriginEffect> origins) {}

    private record OriginEffect(boolean decided, @Nullable ValueCondition condition) {}

    /** The nearest machine types with entries under both tables. */
    private record Entries(
            @Nullable String before, @Nullable String after) {}

    /** What a verdict depends on: the classes of both hosts and the effects of their policies. */
    private record Judged(int source, int destination, int sourceEffect, int destinationEffect) {}

    private record Differing(Judged before, Judged after) {}

    private record Reach(KernelRange range, @Nullable KernelRelease kernel) {}

    /** The registers of an evaluation's findings: those that block the move, and all. */
    private record Mentions(Set<RegisterId> blocking, Set<RegisterId> all) {}

    /** One of the two tables, cut down to the registers that hosts list. */
    private static final class Table {
        final PolicyTable whole;
        final PairEvaluator evaluator;

        Table(PolicyTable whole, Set<RegisterId> listed) {
            this.whole = whole;
            this.evaluator = new PairEvaluator(PolicyTable.of(
                    whole.machineTypes(),
                    whole.allEntries().stream()
                            .filter(entry -> listed.contains(entry.register()))
                            .toList()));
        }

        Set<PolicyEntry> chainEntries(String machineType) {
            return new LinkedHashSet<>(whole.chainEntries(machineType));
        }

        Set<PolicyEntry> listedChainEntries(String machineType) {
            return new LinkedHashSet<>(evaluator.table().chainEntries(machineType));
        }
    }

    private ImpactAnalysis(
            PolicyTable before,
            PolicyTable after,
            List<CapturedHost> hosts,
            ScenarioSettings settings,
            long mostVerdicts) {
        this.budget = new StepBudget(mostVerdicts);
        this.hosts = hosts.stream().filter(settings::concerns).toList();
        this.settings = settings;
        Set<RegisterId> listed = new HashSet<>();
        this.hosts.forEach(host -> listed.addAll(host.capture().registers().ids()));
        this.before = new Table(before, listed);
        this.after = new Table(after, listed);
        this.sourceClasses = classesOf(this.hosts, SideInputs::of);
        this.destinationClasses = classesOf(this.hosts, ImpactAnalysis::inputsOf);
        for (int s = 0; s < this.hosts.size(); s++) {
            for (int d = 0; d < this.hosts.size(); d++) {
                if (s != d && this.hosts.get(s).kind().equals(this.hosts.get(d).kind())) {
                    pairs.add(new int[] {s, d});
                }
            }
        }
    }

    /**
     * @param settings its machine type is not looked at: all of both tables are
     */
    public static Impact of(
            PolicyTable before, PolicyTable after, List<CapturedHost> hosts, ScenarioSettings settings) {
        return of(before, after, hosts, settings, machineTypesOf(before, after));
    }

    /** Only for these machine types. */
    public static Impact of(
            PolicyTable before,
            PolicyTable after,
            List<CapturedHost> hosts,
            ScenarioSettings settings,
            Collection<String> machineTypes) {
        return of(before, after, hosts, settings, machineTypes, MOST_VERDICTS);
    }

    static Impact of(
            PolicyTable before,
            PolicyTable after,
            List<CapturedHost> hosts,
            ScenarioSettings settings,
            Collection<String> machineTypes,
            long mostVerdicts) {
        ImpactAnalysis analysis = new ImpactAnalysis(before, after, hosts, settings, mostVerdicts);
        return new Impact(machineTypes.stream().map(analysis::impactOn).toList());
    }

    private static Collection<String> machineTypesOf(PolicyTable before, PolicyTable after) {
        Set<String> names = new LinkedHashSet<>();
        after.machineTypes().stream().map(MachineType::name).forEach(names::add);
        before.machineTypes().stream().map(MachineType::name).forEach(names::add);
        return names;
    }

    private static int[] classesOf(List<CapturedHost> hosts, Function<Capture, Object> inputs) {
        Map<Object, Integer> classes = new HashMap<>();
        return hosts.stream()
                .mapToInt(host -> classes.computeIfAbsent(inputs.apply(host.capture()), key -> classes.size()))
                .toArray();
    }

    private static DestinationInputs inputsOf(Capture capture) {
        return new DestinationInputs(
                SideInputs.of(capture), capture.accelerator(), capture.masks(), capture.hardwareNv());
    }

    /** Machine types with equal entries before and equal entries after fare alike. */
    private MachineTypeImpact impactOn(String machineType) {
        Entries entries =
                new Entries(before.whole.nearestWithEntries(machineType), after.whole.nearestWithEntries(machineType));
        MachineTypeImpact known = impacts.get(entries);
        if (known == null) {
            known = compared(machineType);
            impacts.put(entries, known);
        }
        return new MachineTypeImpact(
                machineType, known.added(), known.removed(), known.changes(), known.unchanged(), known.notCompared());
    }

    private MachineTypeImpact compared(String machineType) {
        Set<PolicyEntry> was = before.chainEntries(machineType);
        Set<PolicyEntry> is = after.chainEntries(machineType);
        List<PolicyEntry> added =
                is.stream().filter(entry -> !was.contains(entry)).toList();
        List<PolicyEntry> removed =
                was.stream().filter(entry -> !is.contains(entry)).toList();
        boolean[] reached = reached(machineType);
        List<int[]> concerned = pairs.stream()
                .filter(pair -> reached[pair[0]] || reached[pair[1]])
                .toList();
        BitSet looked = new BitSet();
        concerned.forEach(pair -> {
            looked.set(pair[0]);
            looked.set(pair[1]);
        });
        int[] effectsBefore = effectsOn(before, machineType, looked);
        int[] effectsAfter = effectsOn(after, machineType, looked);
        List<int[]> differing = concerned.stream()
                .filter(pair -> effectsBefore[pair[0]] != effectsAfter[pair[0]]
                        || effectsBefore[pair[1]] != effectsAfter[pair[1]])
                .toList();
        // One after the other, so that it is always the same moves that are left out.
        List<int[]> compared = differing.stream()
                .filter(pair -> mayBeJudged(judged(pair, effectsBefore)) && mayBeJudged(judged(pair, effectsAfter)))
                .toList();
        List<PairChange> changes = compared.parallelStream()
                .flatMap(pair -> Stream.ofNullable(change(machineType, pair, effectsBefore, effectsAfter)))
                .toList();
        long notCompared = (long) differing.size() - compared.size();
        return new MachineTypeImpact(
                machineType, added, removed, changes, pairs.size() - notCompared - changes.size(), notCompared);
    }

    private Judged judged(int[] pair, int[] effects) {
        return new Judged(sourceClasses[pair[0]], destinationClasses[pair[1]], effects[pair[0]], effects[pair[1]]);
    }

    private boolean mayBeJudged(Judged move) {
        if (toBeJudged.contains(move)) {
            return true;
        }
        return budget.take(1) && toBeJudged.add(move);
    }

    /** Which hosts an entry may be for that one of the tables lacks. */
    private boolean[] reached(String machineType) {
        Set<PolicyEntry> was = before.listedChainEntries(machineType);
        Set<PolicyEntry> is = after.listedChainEntries(machineType);
        Set<KernelRange> ranges = Stream.concat(
                        was.stream().filter(entry -> !is.contains(entry)),
                        is.stream().filter(entry -> !was.contains(entry)))
                .map(PolicyEntry::kernels)
                .collect(Collectors.toSet());
        boolean[] reached = new boolean[hosts.size()];
        for (int i = 0; i < reached.length; i++) {
            KernelRelease kernel = hosts.get(i).kernel();
            reached[i] = ranges.stream()
                    .anyMatch(range -> reaches.computeIfAbsent(
                            new Reach(range, kernel), reach -> !reach.range().surelyExcludes(reach.kernel())));
        }
        return reached;
    }

    private @Nullable PairChange change(String machineType, int[] positions, int[] effectsBefore, int[] effectsAfter) {
        HostPair pair = new HostPair(hosts.get(positions[0]), hosts.get(positions[1]));
        Judged was = judged(positions, effectsBefore);
        Judged is = judged(positions, effectsAfter);
        ScenarioSettings of = settings.forMachineType(machineType);
        Verdict old = verdicts.computeIfAbsent(was, key -> before.evaluator.verdict(pair, of));
        Verdict now = verdicts.computeIfAbsent(is, key -> after.evaluator.verdict(pair, of));
        return old == now
                ? null
                : new PairChange(
                        pair,
                        old,
                        now,
                        () -> deciding.computeIfAbsent(
                                new Differing(was, is),
                                key -> deciding(
                                        mentions(before.evaluator.evaluate(pair, of)),
                                        mentions(after.evaluator.evaluate(pair, of)))));
    }

    /** The number of the policy of each host that is looked at: equal numbers, equal effects. */
    private int[] effectsOn(Table table, String machineType, BitSet looked) {
        Map<EffectivePolicy, PolicyEffect> found = new ConcurrentHashMap<>();
        looked.stream().parallel().forEach(host -> {
            EffectivePolicy policy = table.evaluator.policy(machineType, hosts.get(host));
            if (!effectsByPolicy.containsKey(policy)) {
                found.computeIfAbsent(policy, ImpactAnalysis::effectOf);
            }
        });
        found.forEach((policy, effect) ->
                effectsByPolicy.put(policy, effects.computeIfAbsent(effect, key -> effects.size())));
        int[] numbers = new int[hosts.size()];
        looked.stream()
                .forEach(host -> numbers[host] =
                        effectsByPolicy.getOrDefault(table.evaluator.policy(machineType, hosts.get(host)), -1));
        return numbers;
    }

    private static PolicyEffect effectOf(EffectivePolicy policy) {
        List<ElementEffect> elements = new ArrayList<>();
        for (CompatProperty property : CompatProperty.values()) {
            for (EffectivePolicy.Element element : policy.elements(property)) {
                elements.add(new ElementEffect(
                        property,
                        element.register(),
                        element.origins().stream()
                                .map(origin -> new OriginEffect(
                                        origin.isDecided(), origin.entry().condition()))
                                .distinct()
                                .toList()));
            }
        }
        return new PolicyEffect(elements);
    }

    private static Mentions mentions(Evaluation evaluation) {
        Set<RegisterId> blocking = new TreeSet<>();
        Set<RegisterId> all = new TreeSet<>();
        for (Finding finding : evaluation.findings()) {
            RegisterId register = finding.register();
            if (register != null) {
                all.add(register);
                if (blocks(finding.severity())) {
                    blocking.add(register);
                }
            }
        }
        return new Mentions(blocking, all);
    }

    private static boolean blocks(Severity severity) {
        return severity == Severity.BLOCKING || severity == Severity.UNSAFE || severity == Severity.UNKNOWN;
    }

    private static List<RegisterId> deciding(Mentions old, Mentions now) {
        List<RegisterId> byBlocking = differing(old.blocking(), now.blocking());
        return byBlocking.isEmpty() ? differing(old.all(), now.all()) : byBlocking;
    }

    private static List<RegisterId> differing(Set<RegisterId> a, Set<RegisterId> b) {
        TreeSet<RegisterId> differing = new TreeSet<>(a);
        differing.addAll(b);
        differing.removeIf(register -> a.contains(register) && b.contains(register));
        return List.copyOf(differing);
    }
}
