package org.migreg.question.publication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.ProposedEdit;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.TablePlan;
import org.migreg.qemu.MachineType;

/** Turns plans, differences and proposed edits into edits of the store. */
public final class TableEdits {

    private TableEdits() {}

    /** The plan's changes, each under the version that the plan was made for. */
    public static List<TableEdit> of(TablePlan plan, TableRevision tables) {
        return plan.changes().stream().map(change -> edit(change, tables)).toList();
    }

    private static TableEdit edit(TablePlan.Change change, TableRevision tables) {
        return switch (change) {
            case TablePlan.MachineTypeAdded(var after) -> new TableEdit.CreateMachineType(after);
            case TablePlan.MachineTypeChanged(var before, var after, var _) ->
                new TableEdit.ReplaceMachineType(after, tables.versionOf(before.name()));
            case TablePlan.MachineTypeRemoved(var before) ->
                new TableEdit.DeleteMachineType(before.name(), tables.versionOf(before.name()));
            case TablePlan.EntryAdded(var after) -> new TableEdit.AddEntry(after);
            case TablePlan.EntryChanged(var before, var after, var _) ->
                new TableEdit.ReplaceEntry(new PolicyEntry(before.id(), after), tables.versionOfEntry(before.id()));
            case TablePlan.EntryRemoved(var before) ->
                new TableEdit.DeleteEntry(before.machineType(), before.id(), tables.versionOfEntry(before.id()));
        };
    }

    /** The difference's changes, each under the version that these tables have. */
    public static List<TableEdit> of(TableDifference difference, TableRevision tables) {
        List<TableEdit> edits = new ArrayList<>();
        for (ProposedEdit edit : difference.toEdits()) {
            edits.add(
                    switch (edit) {
                        case ProposedEdit.PutMachineType(var machineType) -> put(machineType, tables);
                        case ProposedEdit.DeleteMachineType(var name) ->
                            new TableEdit.DeleteMachineType(name, tables.versionOf(name));
                        case ProposedEdit.AddEntry(var entry) -> new TableEdit.AddEntry(entry);
                        case ProposedEdit.ReplaceEntry(var id, var entry) ->
                            new TableEdit.ReplaceEntry(new PolicyEntry(id, entry), tables.versionOfEntry(id));
                        case ProposedEdit.DeleteEntry(var machineType, var id) ->
                            new TableEdit.DeleteEntry(machineType, id, tables.versionOfEntry(id));
                    });
        }
        return edits;
    }

    private static TableEdit put(MachineType machineType, TableRevision tables) {
        @Nullable MachineType there = tables.table().machineType(machineType.name());
        return there == null
                ? new TableEdit.CreateMachineType(machineType)
                : new TableEdit.ReplaceMachineType(machineType, tables.versionOf(machineType.name()));
    }

    /** The edits in their order, whatever versions the tables have. */
    public static List<TableEdit> of(List<ProposedEdit> proposed, TableRevision tables) {
        Set<String> names = new HashSet<>();
        tables.table().machineTypes().forEach(machineType -> names.add(machineType.name()));
        List<TableEdit> edits = new ArrayList<>();
        for (ProposedEdit edit : proposed) {
            edits.add(
                    switch (edit) {
                        case ProposedEdit.PutMachineType(var machineType) ->
                            names.add(machineType.name())
                                    ? new TableEdit.CreateMachineType(machineType)
                                    : new TableEdit.ReplaceMachineType(machineType, TableEdit.ANY_VERSION);
                        case ProposedEdit.DeleteMachineType(var name) -> {
                            names.remove(name);
                            yield new TableEdit.DeleteMachineType(name, TableEdit.ANY_VERSION);
                        }
                        case ProposedEdit.AddEntry(var entry) -> new TableEdit.AddEntry(entry);
                        case ProposedEdit.ReplaceEntry(var id, var entry) ->
                            new TableEdit.ReplaceEntry(new PolicyEntry(id, entry), TableEdit.ANY_VERSION);
                        case ProposedEdit.DeleteEntry(var machineType, var id) ->
                            new TableEdit.DeleteEntry(machineType, id, TableEdit.ANY_VERSION);
                    });
        }
        return edits;
    }
}
