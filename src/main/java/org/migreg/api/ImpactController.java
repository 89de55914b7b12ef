package org.migreg.api;

import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.DestinationBody;
import org.migreg.contract.ImpactBody;
import org.migreg.contract.ImpactView;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ProblemType;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.impact.Impact;
import org.migreg.question.impact.ImpactAnalysis;
import org.migreg.question.impact.MachineTypeImpact;
import org.migreg.question.impact.PairChange;
import org.migreg.register.RegisterId;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/impact")
@Tag(name = "Impact", description = "What a change of the tables would do, before it is made.")
class ImpactController {

    private final PolicyStore store;
    private final CaptureStore captures;

    ImpactController(PolicyStore store, CaptureStore captures) {
        this.store = store;
        this.captures = captures;
    }

    @PostMapping
    @Operation(
            operationId = "assessImpact",
            summary = "What would this change do?",
            description =
                    "Holds the verdicts of every move among captured hosts of one kind before the change against those after"
                            + " it. Writes nothing.")
    @Problems({
        ProblemType.INVALID_FIELD,
        ProblemType.UNKNOWN_MACHINE_TYPE,
        ProblemType.UNKNOWN_ENTRY,
        ProblemType.UNKNOWN_PARENT,
        ProblemType.INHERITANCE_CYCLE,
        ProblemType.MACHINE_TYPE_IN_USE,
        ProblemType.DUPLICATE_ENTRY,
        ProblemType.UNRESOLVED_REFERENCE
    })
    ImpactView assess(@RequestBody ImpactBody body) {
        int limit = Fleets.limit(body.limit(), ImpactBody.USUAL_LIMIT, ImpactBody.GREATEST_LIMIT);
        ScenarioSettings settings = new ScenarioSettings(
                "",
                DestinationBody.behaviour("", body.loadBehaviour(), body.qemu(), body.tolerances()),
                !Objects.equals(body.sourceXMigProperties(), false),
                Fleets.accelerator(body.accelerator()));
        TableRevision tables = store.current();
        PolicyTable before = tables.table();
        List<TableEdit> edits = TableChanges.read(body.table(), body.prune(), body.edits(), before);
        PolicyTable after = TableChanges.storing(
                body.edits() == null ? "table" : "edits",
                () -> store.preview(tables, VersionedEdit.unconditional(edits)).after());
        CapturedHosts known = CapturedHosts.of(captures.current());
        Impact impact = ImpactAnalysis.of(before, after, known.hosts(), settings, machineTypes(body, before, after));
        return view(impact, known, tables.number(), limit);
    }

    private static Set<String> machineTypes(ImpactBody body, PolicyTable before, PolicyTable after) {
        Set<String> all = new LinkedHashSet<>();
        after.machineTypes().stream().map(MachineType::name).forEach(all::add);
        before.machineTypes().stream().map(MachineType::name).forEach(all::add);
        List<String> wanted = body.machineTypes();
        if (wanted == null) {
            return all;
        }
        if (wanted.isEmpty()) {
            throw new InvalidFieldException(
                    "machineTypes", null, "no machine type is named: name some, or leave machineTypes out for all");
        }
        Set<String> named = new LinkedHashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            String field = "machineTypes[" + i + "]";
            String name = required(field, wanted.get(i), "a machine type, such as virt-10.2");
            if (!all.contains(name)) {
                throw new UnresolvedReferenceException(
                        field, name, "machine type " + name + " exists neither before the change nor after it");
            }
            named.add(name);
        }
        return named;
    }

    static ImpactView view(Impact impact, CapturedHosts known, long policyRevision, int limit) {
        List<ImpactView.ChangeView> changes = new ArrayList<>();
        long total = 0;
        for (PairChange.Kind kind : PairChange.Kind.values()) {
            for (MachineTypeImpact of : impact.machineTypes()) {
                for (PairChange change : of.changes()) {
                    if (change.kind() == kind) {
                        total++;
                        if (changes.size() < limit) {
                            changes.add(view(change, of.machineType(), known));
                        }
                    }
                }
            }
        }
        return new ImpactView(
                policyRevision,
                known.revision(),
                new ImpactView.CountsView(
                        impact.count(PairChange.Kind.NEWLY_BLOCKED),
                        impact.count(PairChange.Kind.NEWLY_MIGRATABLE),
                        impact.count(PairChange.Kind.OTHER_VERDICT),
                        impact.unchanged()),
                impact.machineTypes().stream()
                        .map(of -> new ImpactView.MachineTypeView(
                                of.machineType(),
                                of.added().size(),
                                of.removed().size(),
                                new ImpactView.CountsView(
                                        of.count(PairChange.Kind.NEWLY_BLOCKED),
                                        of.count(PairChange.Kind.NEWLY_MIGRATABLE),
                                        of.count(PairChange.Kind.OTHER_VERDICT),
                                        of.unchanged())))
                        .toList(),
                deciding(impact),
                total,
                changes);
    }

    private static List<ImpactView.DecidingRegister> deciding(Impact impact) {
        Map<RegisterId, Long> blocked = impact.decidingRegisters(PairChange.Kind.NEWLY_BLOCKED);
        Map<RegisterId, Long> migratable = impact.decidingRegisters(PairChange.Kind.NEWLY_MIGRATABLE);
        Set<RegisterId> registers = new TreeSet<>(blocked.keySet());
        registers.addAll(migratable.keySet());
        return registers.stream()
                .map(register -> new ImpactView.DecidingRegister(
                        register.toString(),
                        register.name(),
                        blocked.getOrDefault(register, 0L),
                        migratable.getOrDefault(register, 0L)))
                .sorted(Comparator.comparingLong(ImpactView.DecidingRegister::newlyBlocked)
                        .thenComparingLong(ImpactView.DecidingRegister::newlyMigratable)
                        .reversed())
                .toList();
    }

    private static ImpactView.ChangeView view(PairChange change, String machineType, CapturedHosts known) {
        return new ImpactView.ChangeView(
                change.kind().name(),
                machineType,
                Fleets.view(known, change.pair().source()),
                Fleets.view(known, change.pair().destination()),
                change.before(),
                change.after(),
                change.decidingRegisters().stream()
                        .map(register -> new ImpactView.RegisterReference(register.toString(), register.name()))
                        .toList());
    }
}
