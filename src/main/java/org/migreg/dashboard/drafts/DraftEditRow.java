package org.migreg.dashboard.drafts;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.draftstore.StoredDraft;
import org.migreg.policy.ProposedEdit;
import org.migreg.policy.ProposedEntry;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterValue;
import org.springframework.web.util.UriComponentsBuilder;

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

    private static String address(String path, ProposedEntry entry, int index, StoredDraft draft) {
        ValueCondition condition = entry.condition();
        List<Object> values = new ArrayList<>(List.of(
                entry.property(),
                entry.register(),
                entry.kernels().kernelStream(),
                entry.kernels().constraints(),
                entry.rationale(),
                String.join("\n", entry.references()),
                draft.name(),
                draft.version(),
                index));
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path)
                .queryParam("property", "{a}")
                .queryParam("register", "{b}")
                .queryParam("stream", "{c}")
                .queryParam("range", "{d}")
                .queryParam("rationale", "{e}")
                .queryParam("references", "{f}")
                .queryParam("draft", "{g}")
                .queryParam("draftVersion", "{h}")
                .queryParam("edit", "{i}");
        if (condition != null) {
            address.queryParam("conditionMask", "{j}").queryParam("conditionExpected", "{k}");
            values.add(new RegisterValue(condition.mask()));
            values.add(new RegisterValue(condition.expected()));
        }
        return address.encode().buildAndExpand(values.toArray()).toUriString();
    }
}
