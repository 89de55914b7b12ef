package org.migreg.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.TablePlanView;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.ProposedEntry;
import org.migreg.policy.TablePlan;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.policystore.TableEdit;
import org.migreg.policystore.TableRevision;

/** Turns plans and requests into edits of the store. */
final class TableEdits {

    private TableEdits() {}

    /** The plan's changes, each under the version that the plan was made for. */
    static List<TableEdit> of(TablePlan plan, TableRevision tables) {
        return plan.changes().stream().map(change -> edit(change, tables)).toList();
    }

    private static TableEdit edit(TablePlan.Change change, TableRevision tables) {
        return switch (change) {
            case TablePlan.MachineTypeAdded(var after) -> new TableEdit.CreateMachineType(after);
            case TablePlan.MachineTypeChanged(var before, var after, var _) ->
                new TableEdit.ReplaceMachineType(after, tables.versionOf(before.name()));
            case TablePlan.MachineTypeRemoved(var before) ->
                new TableEdit.DeleteMachineType(before.name(), tables.versionOf(before.name()));
            case TablePlan.EntryAdded(var after) -> add(after);
            case TablePlan.EntryChanged(var before, var after, var _) ->
                new TableEdit.ReplaceEntry(after.withId(before.id()), tables.versionOfEntry(before.id()));
            case TablePlan.EntryRemoved(var before) ->
                new TableEdit.DeleteEntry(before.machineType(), before.id(), tables.versionOfEntry(before.id()));
        };
    }

    static TableEdit.AddEntry add(ProposedEntry entry) {
        return new TableEdit.AddEntry(new TableEdit.NewEntry(
                entry.machineType(),
                entry.property(),
                entry.register(),
                entry.kernels(),
                entry.condition(),
                entry.rationale(),
                entry.references()));
    }

    /** What the edits would make of the newest tables; a text that cannot be stored is a problem of the field. */
    static Applied preview(PolicyStore store, List<TableEdit> edits, String field) {
        return storing(field, () -> store.preview(edits));
    }

    /** Does what the plan says, or answers what that would be; what the store refuses is refused by a dry run, too. */
    static TablePlanView carryOut(
            PolicyStore store, TablePlan plan, TableRevision before, boolean dryRun, WriteContext context) {
        if (plan.isEmpty()) {
            return TablePlanView.of(plan, dryRun, before.number());
        }
        List<TableEdit> edits = of(plan, before);
        if (dryRun) {
            preview(store, edits, "body");
            return TablePlanView.of(plan, true, before.number());
        }
        Applied applied = storing("body", () -> store.apply(edits, context.author(), context.reason()));
        return TablePlanView.of(plan, false, applied.revision().number());
    }

    private static Applied storing(String field, Supplier<Applied> action) {
        try {
            return action.get();
        } catch (PolicyTable.InvalidTableException contradictory) {
            throw contradictory;
        } catch (IllegalArgumentException unstorable) {
            throw new InvalidFieldException(field, null, String.valueOf(unstorable.getMessage()));
        }
    }

    /** @throws UnreadableTableException where these bytes are not UTF-8 */
    static String decoded(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new UnreadableTableException(0, 0, "the file is not UTF-8: save it as UTF-8");
        }
    }
}
