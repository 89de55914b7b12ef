package org.migreg.question.fleet;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.DestinationSide;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Evaluator;
import org.migreg.evaluation.SourceSide;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyTable;
import org.migreg.register.RegisterList;

/**
 * Evaluates moves under one table; an effective policy is merged once for a kernel and all machine types that have the
 * same entries.
 */
public final class PairEvaluator {

    private record PolicyKey(String machineType, @Nullable KernelRelease kernel) {}

    private final PolicyTable table;
    private final Map<PolicyKey, EffectivePolicy> policies = new ConcurrentHashMap<>();

    public PairEvaluator(PolicyTable table) {
        this.table = table;
    }

    public PolicyTable table() {
        return table;
    }

    /** What the machine type sets on this host. */
    public EffectivePolicy policy(String machineType, CapturedHost host) {
        String level = table.nearestWithEntries(machineType);
        return level == null
                ? EffectivePolicy.nothing()
                : policies.computeIfAbsent(
                        new PolicyKey(level, host.kernel()), key -> EffectivePolicy.of(table, level, key.kernel()));
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
        return Evaluator.evaluate(sourceSide(carried, pair.source(), settings), destinationSide(pair, settings));
    }

    /** The verdict of {@link #evaluate(HostPair, ScenarioSettings)} alone. */
    public Verdict verdict(HostPair pair, ScenarioSettings settings) {
        CapturedHost source = pair.source();
        return Evaluator.verdict(
                sourceSide(source.capture().registers(), source, settings), destinationSide(pair, settings));
    }

    private SourceSide sourceSide(RegisterList carried, CapturedHost host, ScenarioSettings settings) {
        return new SourceSide(carried, policy(settings.machineType(), host), settings.sourceXMigProperties());
    }

    private DestinationSide destinationSide(HostPair pair, ScenarioSettings settings) {
        CapturedHost host = pair.destination();
        EffectivePolicy policy = policy(settings.machineType(), host);
        Capture capture = host.capture();
        Integer nv = capture.hardwareNv();
        return new DestinationSide(
                capture.registers(),
                policy,
                settings.loadBehaviour(),
                capture.accelerator(),
                capture.kernel(),
                capture.masks(),
                nv == null ? OptionalLong.empty() : OptionalLong.of(nv));
    }
}
