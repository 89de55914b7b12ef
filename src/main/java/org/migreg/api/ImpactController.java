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
import org.migreg.check.fleet.KnownHosts;
import org.migreg.check.fleet.ScenarioSettings;
import org.migreg.check.impact.Impact;
import org.migreg.check.impact.ImpactAnalysis;
import org.migreg.check.impact.MachineTypeImpact;
import org.migreg.check.impact.PairChange;
import org.migreg.contract.DestinationBody;
import org.migreg.contract.ImpactBody;
import org.migreg.contract.ImpactView;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ProblemType;
import org.migreg.format.tablefile.TableFileFormat;
import org.migreg.format.tablefile.TableFileReader;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.ProposedEntry;
import org.migreg.policy.ProposedTable;
import org.migreg.policy.TablePlan;
import org.migreg.policystore.PolicyStore;
import org.migreg.policystore.TableEdit;
import org.migreg.policystore.TableRevision;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

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
        List<TableEdit> edits = edits(body, tables);
        PolicyTable after = edits.isEmpty()
                ? before
                : TableEdits.preview(store, edits, body.edits() == null ? "table" : "edits")
                        .revision()
                        .table();
        KnownHosts known = KnownHosts.of(captures.current());
        Impact impact = ImpactAnalysis.of(before, after, known.hosts(), settings, machineTypes(body, before, after));
        return view(impact, known, tables.number(), limit);
    }

    private static List<TableEdit> edits(ImpactBody body, TableRevision tables) {
        JsonNode table = body.table();
        List<ImpactBody.EditBody> edits = body.edits();
        if ((table == null || table.isNull()) == (edits == null)) {
            throw new InvalidFieldException(
                    "table", null, "give either 'table', a table file, or 'edits', a list of edits");
        }
        if (edits == null) {
            JsonNode given = Objects.requireNonNull(table, "one of the two is there");
            ProposedTable wanted = given.isString()
                    ? TableFileReader.read(given.stringValue(), TableFileFormat.YAML)
                    : TableFileReader.read(given.toString(), TableFileFormat.JSON);
            TablePlan plan = TablePlan.between(tables.table(), wanted, Objects.equals(body.prune(), true));
            return TableEdits.of(plan, tables);
        }
        if (body.prune() != null) {
            throw new InvalidFieldException("prune", body.prune(), "'prune' goes with 'table' alone");
        }
        if (edits.size() > ImpactBody.MOST_EDITS) {
            throw new InvalidFieldException(
                    "edits", edits.size() + " edits", "at most " + ImpactBody.MOST_EDITS + " edits are taken");
        }
        List<TableEdit> read = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            String field = "edits[" + i + "]";
            read.add(edit(required(field, edits.get(i), "an edit"), field));
        }
        return read;
    }

    private static TableEdit edit(ImpactBody.EditBody edit, String field) {
        String op = required(field + ".op", edit.op(), "add, replace or delete");
        String machineType = required(field + ".machineType", edit.machineType(), "a machine type, such as virt-10.2");
        return switch (op) {
            case "add" -> {
                if (edit.id() != null) {
                    throw new InvalidFieldException(field + ".id", edit.id(), "an added entry gets its id when stored");
                }
                yield TableEdits.add(ProposedEntry.of(required(field + ".entry", edit.entry(), "the entry to add")
                        .toDomain(0, machineType)));
            }
            case "replace" ->
                new TableEdit.ReplaceEntry(
                        required(field + ".entry", edit.entry(), "the entry to replace it by")
                                .toDomain(id(edit, field), machineType),
                        TableEdit.ANY_VERSION);
            case "delete" -> {
                if (edit.entry() != null) {
                    throw new InvalidFieldException(field + ".entry", null, "a deletion has an id and no entry");
                }
                yield new TableEdit.DeleteEntry(machineType, id(edit, field), TableEdit.ANY_VERSION);
            }
            default -> throw new InvalidFieldException(field + ".op", op, "op is add, replace or delete");
        };
    }

    private static long id(ImpactBody.EditBody edit, String field) {
        return required(field + ".id", edit.id(), "the id of the entry");
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
            String name = required(field, wanted.get(i), "a machine type, such as virt-10.2");
            if (!all.contains(name)) {
                throw new UnresolvedReferenceException(
                        field, name, "machine type " + name + " exists neither before the change nor after it");
            }
            named.add(name);
        }
        return named;
    }

    private static ImpactView view(Impact impact, KnownHosts known, long policyRevision, int limit) {
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

    private static ImpactView.ChangeView view(PairChange change, String machineType, KnownHosts known) {
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
