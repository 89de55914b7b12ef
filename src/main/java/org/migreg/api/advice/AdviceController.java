package org.migreg.api.advice;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.migreg.api.operation.Problems;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.advice.AdviceBody;
import org.migreg.contract.advice.AdviceView;
import org.migreg.contract.advice.ImpactBody;
import org.migreg.contract.evaluation.AssumptionView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.advice.Advice;
import org.migreg.question.advice.AdviceRequest;
import org.migreg.question.advice.Advisor;
import org.migreg.question.advice.BlockedMove;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.Directions;
import org.migreg.question.fleet.FleetAssumptions;
import org.migreg.question.fleet.HostPair;
import org.migreg.register.RegisterId;
import org.migreg.registry.CurrentHosts;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/advice")
@Tag(name = "Advice", description = "The smallest set of entries with which guests may move as wanted.")
record AdviceController(PolicyStore store, CurrentHosts knownHosts) {

    @PostMapping
    @Operation(
            operationId = "advise",
            summary = "Which entries make these moves possible?",
            description =
                    "For two captures, for some kernels, or for all that are captured; the destinations' QEMU carries the"
                            + " x-mig properties. What no entry can cure is listed with what helps outside the tables. Writes nothing.")
    @Problems(ProblemType.UNRESOLVED_REFERENCE)
    AdviceView advise(@RequestBody AdviceBody body) {
        String machineType = body.machineType();
        int limit = ImpactBody.limit(body.limit());
        TableRevision tables = store.current();
        FleetReferences.requireMachineType(tables, "machineType", machineType);
        CapturedHosts known = knownHosts.get();
        List<HostPair> wanted = wanted(body, known);
        if (wanted.isEmpty()) {
            throw new InvalidFieldException(
                    "kernels",
                    body.kernels(),
                    "these are no two captured hosts of one CPU model, accelerator and vCPU feature set: name more kernels,"
                            + " or leave cpuModel out");
        }
        AdviceRequest request = InvalidFieldException.reading(
                "kernels",
                body.kernels(),
                () -> new AdviceRequest(
                        tables.table(), machineType, body.sources().carryProperties(), wanted));
        Advice advice = Advisor.advise(request);
        return new AdviceView(
                machineType,
                tables.number(),
                known.revision(),
                advice.wanted(),
                advice.failedBefore().size(),
                advice.entries().stream().map(AdviceView.AdvisedEntryView::of).toList(),
                advice.forbidden().size(),
                views(known, advice.forbidden(), limit),
                advice.undecided().size(),
                views(known, advice.undecided(), limit),
                advice.notSearchedOut().stream().map(RegisterId::name).toList(),
                AssumptionView.of(FleetAssumptions.of(
                        body.sources().sourceXMigProperties() != null,
                        false,
                        null,
                        wanted.stream().map(pair -> pair.source().capture()))));
    }

    private static List<HostPair> wanted(AdviceBody body, CapturedHosts known) {
        Directions directions = Objects.requireNonNullElse(body.directions(), Directions.BOTH);
        AdviceBody.PairBody pair = body.pair();
        if (pair != null) {
            CapturedHost source = FleetReferences.host(known, "pair.source", pair.source());
            CapturedHost destination = FleetReferences.host(known, "pair.destination", pair.destination());
            HostPair there = new HostPair(source, destination);
            return switch (directions) {
                case FORWARD -> List.of(there);
                case BACKWARD -> List.of(there.reversed());
                case BOTH -> List.of(there, there.reversed());
            };
        }
        List<CapturedHost> hosts = FleetReferences.hosts(known, body.hosts());
        List<String> names = body.kernels();
        if (names == null) {
            return directions.among(hosts);
        }
        Set<KernelRelease> kernels = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            kernels.addAll(FleetReferences.kernels(hosts, "kernels[" + i + "]", names.get(i)));
        }
        return directions.among(
                hosts.stream().filter(host -> kernels.contains(host.kernel())).toList());
    }

    private static List<AdviceView.BlockedMoveView> views(CapturedHosts known, List<BlockedMove> moves, int limit) {
        return moves.stream()
                .limit(limit)
                .map(move -> AdviceView.BlockedMoveView.of(known, move))
                .toList();
    }
}
