package org.migreg.check.fleet;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.DestinationSide;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Evaluator;
import org.migreg.evaluation.SourceSide;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyTable;
import org.migreg.register.RegisterList;

/**
 * Evaluates moves under one table; an effective policy is merged once for a kernel and all machine types that have the
 * same entries.
 * For one thread at a time.
 */
public final class PairEvaluator {

    private record PolicyKey(String machineType, @Nullable KernelRelease kernel) {}

    private final PolicyTable table;
    private final Map<PolicyKey, EffectivePolicy> policies = new HashMap<>();

    public PairEvaluator(PolicyTable table) {
        this.table = table;
    }

    public PolicyTable table() {
        return table;
    }

    /** What the machine type sets on this host. */
    public EffectivePolicy policy(String machineType, FleetHost host) {
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
        FleetHost destination = pair.destination();
        return Evaluator.evaluate(
                new SourceSide(carried, policy(settings.machineType(), pair.source()), settings.sourceXMigProperties()),
                destinationSide(destination, policy(settings.machineType(), destination), settings));
    }

    private static DestinationSide destinationSide(FleetHost host, EffectivePolicy policy, ScenarioSettings settings) {
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
