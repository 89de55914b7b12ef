package org.migreg.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.capturestore.CaptureStore;
import org.migreg.evaluation.Candidates;
import org.migreg.evaluation.DestinationSide;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Evaluator;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.SourceSide;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
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
    private final EffectivePolicies effectivePolicies;

    PreMigrationCheck(PolicyStore policies, CaptureStore captures, EffectivePolicies effectivePolicies) {
        this.policies = policies;
        this.captures = captures;
        this.effectivePolicies = effectivePolicies;
    }

    /**
     * Answers for each destination, in order.
     *
     * @throws NoSuchMachineTypeException when the machine type does not exist in that revision
     * @throws NoSuchCaptureException when a side names a capture that does not exist
     * @throws org.migreg.revision.NoSuchRevisionException when the revision does not exist
     */
    public List<CheckResult> check(CheckRequest request) {
        TableRevision tables = tables(request.revision());
        requireMachineType(tables, request.machineType());
        SideResolver resolver = new SideResolver(captures.current());
        ResolvedSide source = resolver.resolve(request.source());
        List<CheckResult> results = new ArrayList<>(request.destinations().size());
        for (CheckRequest.Destination wanted : request.destinations()) {
            ResolvedSide destination = resolver.resolve(wanted.side());
            Evaluation evaluation = evaluate(
                    tables,
                    request.machineType(),
                    source,
                    request.sourceXMigProperties(),
                    destination,
                    wanted.behaviour());
            results.add(new CheckResult(request.machineType(), evaluation, source, destination, tables.number()));
        }
        return results;
    }

    /** What the machine type sets on a host with this kernel, in this revision or the newest. */
    public EffectivePolicy effectivePolicy(
            @Nullable Long revision, String machineType, @Nullable KernelRelease kernel) {
        TableRevision tables = tables(revision);
        requireMachineType(tables, machineType);
        return effectivePolicies.of(tables, machineType, kernel);
    }

    TableRevision tables(@Nullable Long revision) {
        return revision == null ? policies.current() : policies.at(revision);
    }

    static void requireMachineType(TableRevision tables, String machineType) {
        if (tables.table().machineType(machineType) == null) {
            throw new NoSuchMachineTypeException(machineType);
        }
    }

    Evaluation evaluate(
            TableRevision tables,
            String machineType,
            ResolvedSide source,
            boolean sourceXMigProperties,
            ResolvedSide destination,
            LoadBehaviour behaviour) {
        return Evaluator.evaluate(
                candidates(
                        source,
                        side -> new SourceSide(
                                side.registers(),
                                effectivePolicies.of(
                                        tables, machineType, side.host().kernel()),
                                sourceXMigProperties)),
                candidates(
                        destination,
                        side -> new DestinationSide(
                                side.registers(),
                                effectivePolicies.of(
                                        tables, machineType, side.host().kernel()),
                                behaviour,
                                side.host().accelerator(),
                                side.host().kernel(),
                                side.masks(),
                                side.hardwareNv())),
                behaviour);
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
