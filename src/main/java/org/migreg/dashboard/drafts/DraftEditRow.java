package org.migreg.dashboard.drafts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.dashboard.PageAddress;
import org.migreg.draftstore.StoredDraft;
import org.migreg.policy.ProposedEdit;
import org.migreg.policy.ProposedEntry;

/**
 * One edit of a draft.
 *
 * @param index its place among the draft's edits, from 0
 * @param editAddress the form that changes it, filled in; null where it has none
 */
public record DraftEditRow(
        int index, String sentence, @Nullable String editAddress) {

    static List<DraftEditRow> of(StoredDraft draft) {
        List<DraftEditRow> rows = new ArrayList<>();
        List<ProposedEdit> edits = draft.content().edits();
        for (int i = 0; i < edits.size(); i++) {
            rows.add(of(i, edits.get(i), draft));
        }
        return rows;
    }

    private static DraftEditRow of(int index, ProposedEdit edit, StoredDraft draft) {
        return switch (edit) {
            case ProposedEdit.PutMachineType(var machineType) ->
                new DraftEditRow(
                        index,
                        "Machine type " + machineType.name()
                                + (machineType.inheritsFrom() == null
                                        ? ", inheriting from none"
                                        : ", inheriting from " + machineType.inheritsFrom()),
                        null);
            case ProposedEdit.DeleteMachineType(var name) ->
                new DraftEditRow(index, "Delete machine type " + name, null);
            case ProposedEdit.AddEntry(var entry) ->
                new DraftEditRow(
                        index,
                        "Add to " + entry.machineType() + ": " + words(entry),
                        address("/tables/" + entry.machineType() + "/entries/new", entry, index, draft));
            case ProposedEdit.ReplaceEntry(var id, var entry) ->
                new DraftEditRow(
                        index,
                        "Entry " + id + " of " + entry.machineType() + " becomes: " + words(entry),
                        address("/tables/" + entry.machineType() + "/entries/" + id, entry, index, draft));
            case ProposedEdit.DeleteEntry(var machineType, var id) ->
                new DraftEditRow(index, "Delete entry " + id + " of " + machineType, null);
        };
    }

    private static String words(ProposedEntry entry) {
        return entry.property() + ", " + entry.register().name() + ", " + entry.kernels()
                + (entry.condition() == null ? "" : ", if " + entry.condition());
    }

    /** The form of the entry, which puts it back into this place of the draft. */
    private static String address(String path, ProposedEntry entry, int index, StoredDraft draft) {
        Map<String, Object> fields = PageAddress.fields(entry);
        fields.put("draft", draft.name());
        fields.put("draftVersion", draft.version());
        fields.put("edit", index);
        return PageAddress.of(path, fields);
    }
}
