package org.migreg.api.advice;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.migreg.api.operation.Problems;
import org.migreg.api.table.TableChanges;
import org.migreg.contract.advice.ImpactBody;
import org.migreg.contract.advice.ImpactView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.FleetAssumptions;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.impact.Impact;
import org.migreg.question.impact.ImpactAnalysis;
import org.migreg.registry.CurrentHosts;
import org.migreg.web.errors.UnresolvedReferenceException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/impact")
@Tag(name = "Impact", description = "What a change of the tables would do, before it is made.")
record ImpactController(PolicyStore store, CurrentHosts knownHosts) {

    @PostMapping
    @Operation(
            operationId = "assessImpact",
            summary = "What would this change do?",
            description =
                    "Holds the verdicts of every move among captured hosts of one kind before the change against those after"
                            + " it. Writes nothing.")
    @Problems({
        ProblemType.UNKNOWN_MACHINE_TYPE,
        ProblemType.UNKNOWN_ENTRY,
        ProblemType.UNKNOWN_PARENT,
        ProblemType.INHERITANCE_CYCLE,
        ProblemType.MACHINE_TYPE_IN_USE,
        ProblemType.DUPLICATE_ENTRY,
        ProblemType.UNRESOLVED_REFERENCE
    })
    ImpactView assess(@RequestBody ImpactBody body) {
        int limit = ImpactBody.limit(body.limit());
        ScenarioSettings settings =
                new ScenarioSettings("", body.load().behaviour(), body.sources().carryProperties(), body.accelerator());
        TableRevision tables = store.current();
        PolicyTable before = tables.table();
        List<TableEdit> edits = TableChanges.read(body.change(), before);
        PolicyTable after = TableChanges.storing(
                body.change().edits() == null ? "table" : "edits",
                () -> store.preview(tables, VersionedEdit.unconditional(edits)).after());
        CapturedHosts known = knownHosts.get();
        Impact impact = ImpactAnalysis.of(before, after, known.hosts(), settings, machineTypes(body, before, after));
        return ImpactView.of(
                impact,
                known,
                tables.number(),
                limit,
                FleetAssumptions.of(
                        body.sources().sourceXMigProperties() != null,
                        body.load().nameOne(),
                        body.load().qemu(),
                        known.hosts().stream().map(CapturedHost::capture)));
    }

    private static Set<String> machineTypes(ImpactBody body, PolicyTable before, PolicyTable after) {
        Set<String> all = new LinkedHashSet<>();
        after.machineTypes().stream().map(MachineType::name).forEach(all::add);
        before.machineTypes().stream().map(MachineType::name).forEach(all::add);
        List<String> wanted = body.machineTypes();
        if (wanted == null) {
            return all;
        }
        Set<String> named = new LinkedHashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            String field = "machineTypes[" + i + "]";
            String name = wanted.get(i);
            if (!all.contains(name)) {
                throw new UnresolvedReferenceException(
                        field, name, "machine type " + name + " exists neither before the change nor after it");
            }
            named.add(name);
        }
        return named;
    }
}
