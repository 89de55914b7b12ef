package org.migreg.dashboard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.draftstore.DraftClosedException;
import org.migreg.draftstore.DraftExistsException;
import org.migreg.draftstore.DraftName;
import org.migreg.draftstore.DraftStore;
import org.migreg.draftstore.NoSuchDraftException;
import org.migreg.draftstore.StoredDraft;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.MachineTypeInUseException;
import org.migreg.policystore.PolicyStore;
import org.migreg.registry.draft.Drafting;
import org.migreg.revision.StaleVersionException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Puts what a form says into a draft: the one that the form chose, or a new one. */
@Component
public record DraftEditing(DraftStore drafts, Drafting drafting, PolicyStore policies) {

    /** Those that can still be changed, for the form to choose from; none while the database does not answer. */
    public List<StoredDraft> offered() {
        return Incidental.or(List.of(), this::open);
    }

    private List<StoredDraft> open() {
        return drafts.all().stream().filter(StoredDraft::isOpen).toList();
    }

    /** The tables with an open draft of this name; null where there is none. */
    public @Nullable PolicyTable tablesWith(@Nullable String draft) {
        return open().stream()
                .filter(open -> open.name().text().equals(draft))
                .findFirst()
                .map(open -> drafting.preview(open.name()).after())
                .orElse(null);
    }

    /** A name that no draft has, made of this text. */
    public DraftName free(String text) {
        String allowed = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        String start = allowed.substring(0, Math.min(DraftName.LONGEST - 4, allowed.length()));
        DraftName name = new DraftName(start);
        for (int i = 2; drafts.byName(name).isPresent(); i++) {
            name = new DraftName(start + "-" + i);
        }
        return name;
    }

    /**
     * Adds an edit to the draft, or, where the form was opened from an edit of the draft, puts it in that one's place.
     *
     * @return the draft's page to go to; null where the draft does not take it, which the form then says
     */
    public @Nullable String put(TableEdit edit, SentForm form) {
        String chosen = form.text("draft");
        try {
            if (chosen.isEmpty()) {
                chosen = form.text("newDraft");
                drafting.create(new DraftName(chosen), "", null, base -> List.of(edit), form.author());
            } else {
                StoredDraft draft = drafts.get(new DraftName(chosen));
                int place = place(form, draft);
                if (place < 0) {
                    drafting.add(draft.name(), List.of(edit), form.author());
                } else {
                    List<TableEdit> edits = new ArrayList<>(draft.content().edits());
                    edits.set(place, edit);
                    drafting.replace(
                            draft.name(), ExpectedVersion.of(draft.version()), null, base -> edits, form.author());
                }
            }
            return form.done("It is in the draft; the tables are as before.", null, "/drafts/{draft}", chosen);
        } catch (NoSuchMachineTypeException | NoSuchEntryException missing) {
            form.refuse(HttpStatus.CONFLICT, "draftError", missing.getMessage() + olderBase(chosen));
        } catch (IllegalArgumentException
                | DraftExistsException
                | NoSuchDraftException
                | DraftClosedException
                | StaleVersionException
                | MachineTypeInUseException refused) {
            form.refuse(HttpStatus.CONFLICT, "draftError", refused.getMessage());
        }
        return null;
    }

    /** What makes a thing missing that the newest tables have; empty for a draft that was to be made just now. */
    private String olderBase(String draft) {
        return drafts.byName(new DraftName(draft))
                .map(stored -> stored.content().baseRevision())
                .filter(base -> base != policies.current().number())
                .map(base -> " in the tables of revision " + base + ", for which draft " + draft
                        + " is made: rebase it first")
                .orElse("");
    }

    /** Which edit of the draft the form is about; -1 for none, or when the draft has changed since. */
    private static int place(SentForm form, StoredDraft draft) {
        String place = form.text("edit");
        return place.matches("[0-9]{1,5}")
                        && Long.toString(draft.version()).equals(form.text("draftVersion"))
                        && Integer.parseInt(place) < draft.content().edits().size()
                ? Integer.parseInt(place)
                : -1;
    }
}
