package org.migreg.dashboard.drafts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.dashboard.EntryForm;
import org.migreg.dashboard.PageAddress;
import org.migreg.draftstore.StoredDraft;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;

/**
 * One edit of a draft.
 *
 * @param index its place among the draft's edits, from 0
 * @param editAddress the form that changes it, filled in; null where it has none
 * @param addAddress of a machine type, the form that adds an entry to it in the draft
 */
public record DraftEditRow(
        int index,
        String sentence,
        @Nullable String editAddress,
        @Nullable String addAddress) {

    /** @param tables the newest, which say what is deleted and which machine types are new */
    static List<DraftEditRow> of(StoredDraft draft, PolicyTable tables) {
        List<DraftEditRow> rows = new ArrayList<>();
        List<TableEdit> edits = draft.content().edits();
        for (int i = 0; i < edits.size(); i++) {
            rows.add(of(i, edits.get(i), draft, tables));
        }
        return rows;
    }

    private static DraftEditRow of(int index, TableEdit edit, StoredDraft draft, PolicyTable tables) {
        return switch (edit) {
            case TableEdit.PutMachineType(var machineType) ->
                new DraftEditRow(
                        index,
                        "Machine type " + machineType.name()
                                + (machineType.inheritsFrom() == null
                                        ? ", inheriting from none"
                                        : ", inheriting from " + machineType.inheritsFrom()),
                        machineTypeAddress(machineType, draft, tables),
                        PageAddress.of(
                                "/tables/" + machineType.name() + "/entries/new", Map.of("draft", draft.name())));
            case TableEdit.DeleteMachineType(var name) ->
                new DraftEditRow(index, "Delete machine type " + name, null, null);
            case TableEdit.AddEntry(var entry) ->
                new DraftEditRow(
                        index,
                        "Add to " + entry.machineType() + ": " + words(entry),
                        address("/tables/" + entry.machineType() + "/entries/new", entry, index, draft),
                        null);
            case TableEdit.ReplaceEntry(var id, var entry) ->
                new DraftEditRow(
                        index,
                        "Entry " + id + " of " + entry.machineType() + " becomes: " + words(entry),
                        address("/tables/" + entry.machineType() + "/entries/" + id, entry, index, draft),
                        null);
            case TableEdit.DeleteEntry(var machineType, var id) ->
                new DraftEditRow(index, "Delete " + deleted(machineType, id, tables), null, null);
        };
    }

    private static String deleted(String machineType, long id, PolicyTable tables) {
        PolicyEntry entry = tables.entry(machineType, id);
        return "entry " + id + " of " + machineType + (entry == null ? "" : ": " + words(entry.content()));
    }

    /** The form of the machine type, which says the same of the draft once more. */
    private static String machineTypeAddress(MachineType machineType, StoredDraft draft, PolicyTable tables) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("inheritsFrom", Objects.requireNonNullElse(machineType.inheritsFrom(), ""));
        fields.put("architecture", machineType.architecture());
        fields.put("description", machineType.description());
        fields.put("draft", draft.name());
        if (tables.machineType(machineType.name()) != null) {
            return PageAddress.of("/tables/" + machineType.name() + "/edit", fields);
        }
        fields.put("name", machineType.name());
        return PageAddress.of("/tables", fields) + "#make";
    }

    private static String words(EntryContent entry) {
        return entry.property() + ", " + entry.register().name() + ", " + entry.kernels()
                + (entry.condition() == null ? "" : ", if " + entry.condition());
    }

    /** The form of the entry, which puts it back into this place of the draft. */
    private static String address(String path, EntryContent entry, int index, StoredDraft draft) {
        Map<String, Object> fields = new LinkedHashMap<>(EntryForm.of(entry).texts());
        fields.put("draft", draft.name());
        fields.put("draftVersion", draft.version());
        fields.put("edit", index);
        return PageAddress.of(path, fields);
    }
}
