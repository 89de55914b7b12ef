package org.migreg.integration.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capturestore.CaptureStore;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.registry.CurrentHosts;
import org.migreg.registry.PairEvaluators;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many moves between captured hosts have each verdict, by machine type and kernel streams:
 * {@code migreg_moves}. Counted anew, in the background, when tables or captures have changed; for QEMU
 * builds that carry the x-mig properties.
 */
@Component
class VerdictMetrics {

    private record Slice(String sourceStream, String destinationStream, Verdict verdict) {}

    private final PolicyStore policies;
    private final CurrentHosts knownHosts;
    private final PairEvaluators evaluators;
    private final MultiGauge moves;
    private volatile long tablesCounted = -1;
    private volatile long capturesCounted = -1;

    VerdictMetrics(
            PolicyStore policies,
            CaptureStore captures,
            CurrentHosts knownHosts,
            PairEvaluators evaluators,
            MeterRegistry registry) {
        this.policies = policies;
        this.knownHosts = knownHosts;
        this.evaluators = evaluators;
        this.moves = MultiGauge.builder("migreg.moves")
                .description("Moves between two captured hosts of one kind, by verdict")
                .register(registry);
        Gauge.builder(
                        "migreg.tables.revision",
                        policies,
                        store -> store.current().number())
                .description("The newest revision of the tables")
                .register(registry);
        Gauge.builder(
                        "migreg.captures",
                        captures,
                        store -> store.current().all().size())
                .description("Captures known")
                .register(registry);
    }

    /** Does nothing while nothing has changed. */
    @Scheduled(
            initialDelayString = "${migreg.metrics.refresh-interval}",
            fixedDelayString = "${migreg.metrics.refresh-interval}")
    void count() {
        TableRevision tables = policies.current();
        CapturedHosts known = knownHosts.get();
        long captured = known.revision();
        if (tables.number() == tablesCounted && captured == capturesCounted) {
            return;
        }
        List<CapturedHost> hosts =
                known.hosts().stream().filter(host -> host.kernel() != null).toList();
        moves.register(rows(tables.table(), hosts), true);
        tablesCounted = tables.number();
        capturesCounted = captured;
    }

    private List<MultiGauge.Row<?>> rows(PolicyTable table, List<CapturedHost> hosts) {
        List<HostPair> pairs = HostPair.ofOneKind(hosts);
        PairEvaluator evaluator = evaluators.of(table);
        // Most machine types have the entries of the one that they inherit from: counted once for all of them.
        Map<@Nullable String, Map<Slice, Integer>> counted = new HashMap<>();
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (MachineType machineType : table.machineTypes()) {
            counted.computeIfAbsent(
                            table.nearestWithEntries(machineType.name()),
                            key -> counts(evaluator, pairs, machineType.name()))
                    .forEach((slice, count) -> rows.add(MultiGauge.Row.of(
                            Tags.of(
                                    "machine_type",
                                    machineType.name(),
                                    "source_stream",
                                    slice.sourceStream(),
                                    "destination_stream",
                                    slice.destinationStream(),
                                    "verdict",
                                    slice.verdict().name()),
                            count)));
        }
        return rows;
    }

    private static Map<Slice, Integer> counts(PairEvaluator evaluator, List<HostPair> pairs, String machineType) {
        ScenarioSettings settings = ScenarioSettings.withXMigProperties(machineType);
        Map<Slice, Integer> counts = new LinkedHashMap<>();
        for (HostPair pair : pairs) {
            KernelRelease source = pair.source().kernel();
            KernelRelease destination = pair.destination().kernel();
            if (source != null && destination != null) {
                Slice slice = new Slice(
                        source.kernelStream().id(), destination.kernelStream().id(), evaluator.verdict(pair, settings));
                counts.merge(slice, 1, Integer::sum);
            }
        }
        return counts;
    }
}
