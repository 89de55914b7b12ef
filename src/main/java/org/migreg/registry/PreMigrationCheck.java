package org.migreg.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capturestore.CaptureStore;
import org.migreg.evaluation.Evaluation;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.side.CheckRequest;
import org.migreg.question.side.CheckResult;
import org.migreg.question.side.NoSuchCaptureException;
import org.migreg.question.side.ResolvedSide;
import org.migreg.question.side.SideResolver;
import org.springframework.stereotype.Component;

/** The question that orchestrators ask before a migration starts. Answers from memory. */
@Component
public class PreMigrationCheck {

    private final PolicyStore policies;
    private final CaptureStore captures;
    private final PairEvaluators evaluators;

    PreMigrationCheck(PolicyStore policies, CaptureStore captures, PairEvaluators evaluators) {
        this.policies = policies;
        this.captures = captures;
        this.evaluators = evaluators;
    }

    /**
     * Answers for each destination, in order.
     *
     * @throws NoSuchMachineTypeException when the machine type does not exist in that revision
     * @throws NoSuchCaptureException when a side names a capture that does not exist
     * @throws org.migreg.revision.NoSuchRevisionException when the revision does not exist
     */
    public List<CheckResult> check(CheckRequest request) {
        TableRevision tables = policies.currentOr(request.revision());
        tables.table().require(request.machineType());
        PairEvaluator evaluator = evaluators.of(tables.table());
        SideResolver resolver = new SideResolver(captures.current());
        ResolvedSide source = resolver.resolve(request.source(), request.sourceSaid());
        List<CheckResult> results = new ArrayList<>(request.destinations().size());
        for (CheckRequest.Destination wanted : request.destinations()) {
            // A guest keeps its CPU where it goes.
            ResolvedSide destination = resolver.resolve(
                    wanted.side(),
                    wanted.said().orCpu(source.host().said().cpu()).orCpu(wanted.usualCpu()));
            Evaluation evaluation = evaluator.evaluate(
                    source,
                    destination,
                    new ScenarioSettings(
                            request.machineType(), wanted.behaviour(), request.sourceXMigProperties(), null));
            results.add(new CheckResult(request.machineType(), evaluation, source, destination, tables.number()));
        }
        return results;
    }

    /** What the machine type sets on a host with this kernel, in this revision or the newest. */
    public EffectivePolicy effectivePolicy(
            @Nullable Long revision, String machineType, @Nullable KernelRelease kernel) {
        TableRevision tables = policies.currentOr(revision);
        tables.table().require(machineType);
        return evaluators.of(tables.table()).policy(machineType, kernel);
    }
}
