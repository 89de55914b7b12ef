package org.migreg.api.advice;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Problems;
import org.migreg.contract.advice.AdviceView;
import org.migreg.contract.advice.FleetHostView;
import org.migreg.contract.advice.UpgradeBody;
import org.migreg.contract.advice.UpgradeView;
import org.migreg.contract.evaluation.AssumptionView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.FleetAssumptions;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.upgrade.StrandedGuest;
import org.migreg.question.upgrade.UpgradeCheck;
import org.migreg.question.upgrade.UpgradePlan;
import org.migreg.question.upgrade.UpgradePlanner;
import org.migreg.question.upgrade.UpgradeRequest;
import org.migreg.registry.CurrentHosts;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/upgrade-plans")
@Tag(name = "Upgrade plans", description = "Rolling upgrades of a fleet over one kernel or several, and back.")
record UpgradePlanController(PolicyStore store, CurrentHosts knownHosts) {

    private static final int MOST_UNCURED = 100;

    @PostMapping
    @Operation(
            operationId = "planUpgrade",
            summary = "Can this rolling upgrade proceed, and be rolled back?",
            description =
                    "Walks guests, started at every stage, from kernel to kernel with the values that they carry. If some are"
                            + " stranded, the entries or the order that make it possible. Writes nothing.")
    @Problems(ProblemType.UNRESOLVED_REFERENCE)
    UpgradeView plan(@RequestBody UpgradeBody body) {
        String machineType = body.machineType();
        List<String> current = body.currentKernels();
        List<String> hops = body.hops();
        ScenarioSettings settings = new ScenarioSettings(
                machineType,
                body.load().behaviour(),
                body.sources().carryProperties(),
                body.hosts().accelerator());
        TableRevision tables = store.current();
        FleetReferences.requireMachineType(tables, "machineType", machineType);
        CapturedHosts known = knownHosts.get();
        List<CapturedHost> hosts = FleetReferences.hosts(known, body.hosts());
        Set<KernelRelease> now = new LinkedHashSet<>();
        for (int i = 0; i < current.size(); i++) {
            now.addAll(FleetReferences.kernels(hosts, "currentKernels[" + i + "]", current.get(i)));
        }
        List<KernelRelease> stops = new ArrayList<>();
        for (int i = 0; i < hops.size(); i++) {
            // Where several packages have one release, the newest is the one to go to.
            stops.add(Collections.max(
                    FleetReferences.kernels(hosts, "hops[" + i + "]", hops.get(i)), KernelRelease.LISTING_ORDER));
        }
        boolean rollback = !Objects.equals(body.rollback(), false);
        UpgradeRequest request = reading(
                stops.isEmpty() ? "hops" : "currentKernels",
                null,
                () -> new UpgradeRequest(tables.table(), settings, hosts, List.copyOf(now), stops, rollback));
        UpgradePlan plan = UpgradePlanner.plan(request);
        return new UpgradeView(
                machineType,
                tables.number(),
                known.revision(),
                view(known, plan.asked(), rollback),
                remedy(known, plan.remedy(), rollback),
                plan.uncured().stream()
                        .limit(MOST_UNCURED)
                        .map(move -> AdviceView.BlockedMoveView.of(known, move))
                        .toList(),
                plan.untriedWays(),
                AssumptionView.of(FleetAssumptions.of(
                        body.sources().sourceXMigProperties() != null,
                        body.load().nameOne(),
                        body.load().qemu(),
                        hosts.stream().map(CapturedHost::capture))));
    }

    private static UpgradeView.@Nullable RemedyView remedy(
            CapturedHosts known, UpgradePlan.@Nullable Remedy remedy, boolean rollback) {
        return remedy == null
                ? null
                : new UpgradeView.RemedyView(
                        texts(remedy.hops()),
                        remedy.entries().stream()
                                .map(AdviceView.AdvisedEntryView::of)
                                .toList(),
                        view(known, remedy.check(), rollback));
    }

    private static UpgradeView.CheckView view(CapturedHosts known, UpgradeCheck check, boolean rollback) {
        return new UpgradeView.CheckView(
                check.mayProceed(),
                rollback ? check.mayRollBack() : null,
                texts(check.hops()),
                check.moves(),
                views(known, check.strandedForward()),
                views(known, check.strandedBackward()),
                check.missing());
    }

    private static List<String> texts(List<KernelRelease> kernels) {
        return kernels.stream().map(KernelRelease::text).toList();
    }

    private static List<UpgradeView.StrandedView> views(CapturedHosts known, List<StrandedGuest> guests) {
        return guests.stream()
                .map(guest -> new UpgradeView.StrandedView(
                        guest.path().stream()
                                .map(host -> FleetHostView.of(known, host))
                                .toList(),
                        FleetHostView.of(known, guest.destination()),
                        guest.evaluation().verdict(),
                        guest.evaluation().summary()))
                .toList();
    }
}
