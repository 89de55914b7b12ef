package org.migreg.question.fleet;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.Candidates;
import org.migreg.evaluation.Circumstances;
import org.migreg.evaluation.DestinationSide;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Evaluator;
import org.migreg.evaluation.SourceSide;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyTable;
import org.migreg.question.side.CapturedList;
import org.migreg.question.side.ResolvedSide;
import org.migreg.question.side.SideSaid;
import org.migreg.register.RegisterList;

/**
 * Evaluates moves under one table. An effective policy is merged once for a kernel and all machine types that have the
 * same entries: merging compares kernel versions, which is slow. May be used by several threads.
 */
public final class PairEvaluator {

    /** Elements of merged policies to keep: some 100 MB. Callers name kernels as they like, so there is no end to them. */
    private static final long MOST_ELEMENTS_KEPT = 500_000;

    private record PolicyKey(String machineType, @Nullable KernelRelease kernel) {}

    private final PolicyTable table;
    private final Map<PolicyKey, EffectivePolicy> policies = new ConcurrentHashMap<>();
    private final AtomicLong elementsKept = new AtomicLong();

    public PairEvaluator(PolicyTable table) {
        this.table = table;
    }

    public PolicyTable table() {
        return table;
    }

    /** What the machine type sets on this host. */
    public EffectivePolicy policy(String machineType, CapturedHost host) {
        return policy(machineType, host.kernel());
    }

    /** What the machine type sets on a host with this kernel; nothing, where the table has no such machine type. */
    public EffectivePolicy policy(String machineType, @Nullable KernelRelease kernel) {
        String level = table.nearestWithEntries(machineType);
        if (level == null) {
            return EffectivePolicy.nothing();
        }
        PolicyKey key = new PolicyKey(level, kernel);
        EffectivePolicy kept = policies.get(key);
        return kept == null ? merged(key) : kept;
    }

    private EffectivePolicy merged(PolicyKey key) {
        EffectivePolicy policy = EffectivePolicy.of(table, key.machineType(), key.kernel());
        long elements = 1;
        for (CompatProperty property : CompatProperty.values()) {
            elements += policy.elements(property).size();
        }
        if (elementsKept.addAndGet(elements) > MOST_ELEMENTS_KEPT) {
            policies.clear();
            elementsKept.set(elements);
        }
        policies.put(key, policy);
        return policy;
    }

    /**
     * What holds of two sides as they were found, whatever of them is known.
     *
     * @param settings its accelerator is not looked at
     */
    public Evaluation evaluate(ResolvedSide source, ResolvedSide destination, ScenarioSettings settings) {
        return Evaluator.evaluate(
                candidates(
                        source,
                        known -> new SourceSide(
                                known.registers(),
                                policy(settings.machineType(), known.host().kernel()),
                                settings.sourceXMigProperties(),
                                circumstances(known))),
                candidates(destination, known -> destinationSide(known, settings)),
                settings.loadBehaviour());
    }

    /** A guest that was started on the source and never moved. */
    public Evaluation evaluate(HostPair pair, ScenarioSettings settings) {
        return evaluate(pair.source().capture().registers(), pair, settings);
    }

    /**
     * A guest with a past.
     *
     * @param carried the source's register list with the values that the guest has by now
     */
    public Evaluation evaluate(RegisterList carried, HostPair pair, ScenarioSettings settings) {
        return Evaluator.evaluate(
                sourceSide(carried, pair.source(), settings), destinationSide(pair.destination(), settings));
    }

    /** Only the verdict of {@link #evaluate(HostPair, ScenarioSettings)}, which is found faster. */
    public Verdict verdict(HostPair pair, ScenarioSettings settings) {
        CapturedHost source = pair.source();
        return Evaluator.verdict(
                sourceSide(source.capture().registers(), source, settings),
                destinationSide(pair.destination(), settings));
    }

    private SourceSide sourceSide(RegisterList carried, CapturedHost host, ScenarioSettings settings) {
        return new SourceSide(
                carried,
                policy(settings.machineType(), host),
                settings.sourceXMigProperties(),
                circumstances(host.capture()));
    }

    private static Circumstances circumstances(ResolvedSide.Known side) {
        ResolvedSide.Host host = side.host();
        SideSaid said = host.said();
        return new Circumstances(
                host.kernel(),
                said.cpu(),
                Capture.saysEl2(host.vcpuFeatureSet(), host.vcpuFeatures()),
                said.qemu(),
                said.doubts(),
                said.assumptions());
    }

    private static Circumstances circumstances(Capture capture) {
        SideSaid said = CapturedList.of(capture, SideSaid.NOTHING).said();
        return new Circumstances(
                capture.kernel(), said.cpu(), capture.hasEl2(), null, said.doubts(), said.assumptions());
    }

    private DestinationSide destinationSide(ResolvedSide.Known side, ScenarioSettings settings) {
        return new DestinationSide(
                side.registers(),
                policy(settings.machineType(), side.host().kernel()),
                settings.loadBehaviour(),
                side.host().accelerator(),
                side.host().kernel(),
                side.masks(),
                side.hardwareNv(),
                circumstances(side));
    }

    private DestinationSide destinationSide(CapturedHost host, ScenarioSettings settings) {
        Capture capture = host.capture();
        Integer nv = capture.hardwareNv();
        return new DestinationSide(
                capture.registers(),
                policy(settings.machineType(), host.kernel()),
                settings.loadBehaviour(),
                capture.accelerator(),
                capture.kernel(),
                capture.masks(),
                nv == null ? OptionalLong.empty() : OptionalLong.of(nv),
                circumstances(capture));
    }

    private static <S> Candidates<S> candidates(ResolvedSide side, Function<ResolvedSide.Known, S> asSide) {
        return switch (side) {
            case ResolvedSide.Known known -> Candidates.one(asSide.apply(known));
            case ResolvedSide.OneOf(var host, var candidates, var why) ->
                Candidates.oneOf(candidates.stream().map(asSide).toList(), why);
            case ResolvedSide.Missing missing -> Candidates.none(missing.why());
        };
    }
}
