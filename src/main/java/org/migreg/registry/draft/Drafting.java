package org.migreg.registry.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.draftstore.DraftClosedException;
import org.migreg.draftstore.DraftContent;
import org.migreg.draftstore.DraftName;
import org.migreg.draftstore.DraftStore;
import org.migreg.draftstore.StoredDraft;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.TableMerge;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.policystore.TablePreview;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.impact.Impact;
import org.migreg.question.impact.ImpactAnalysis;
import org.migreg.question.lint.LintChange;
import org.migreg.register.Text;
import org.migreg.registry.CurrentHosts;
import org.migreg.registry.expectation.StoredExpectations;
import org.migreg.registry.publication.BrokenExpectationsException;
import org.migreg.registry.publication.ConflictingChangeException;
import org.migreg.registry.publication.TablePublication;
import org.springframework.stereotype.Component;

/**
 * Writes drafts, shows what they do, carries them over and publishes them.
 */
@Component
public class Drafting {

    private final DraftStore drafts;
    private final PolicyStore store;
    private final CurrentHosts knownHosts;
    private final TablePublication publication;
    private final StoredExpectations expectations;

    Drafting(
            DraftStore drafts,
            PolicyStore store,
            CurrentHosts knownHosts,
            TablePublication publication,
            StoredExpectations expectations) {
        this.drafts = drafts;
        this.store = store;
        this.knownHosts = knownHosts;
        this.publication = publication;
        this.expectations = expectations;
    }

    /**
     * Makes a draft.
     *
     * @param baseRevision the tables that the edits are made for; null for the newest
     * @param edits makes the edits for those tables
     * @throws RuntimeException what a write of these edits would throw, and what the store of drafts does
     */
    public StoredDraft create(
            DraftName name,
            String description,
            @Nullable Long baseRevision,
            Function<TableRevision, List<TableEdit>> edits,
            String author) {
        TableRevision base = store.currentOr(baseRevision);
        return drafts.create(
                name, new DraftContent(description, base.number(), judged(base, edits.apply(base))), author);
    }

    /**
     * Gives a draft other edits of the tables that it has as its base.
     *
     * @param description null for the one that it has
     */
    public StoredDraft replace(
            DraftName name,
            ExpectedVersion expected,
            @Nullable String description,
            Function<TableRevision, List<TableEdit>> edits,
            String author) {
        StoredDraft draft = open(name, expected);
        TableRevision base = store.at(draft.content().baseRevision());
        return drafts.replace(
                name,
                ExpectedVersion.of(draft.version()),
                new DraftContent(
                        description == null ? draft.content().description() : description,
                        base.number(),
                        judged(base, edits.apply(base))),
                author);
    }

    /** Gives a draft more edits of the tables that it has as its base. */
    public StoredDraft add(DraftName name, List<TableEdit> more, String author) {
        StoredDraft draft = drafts.get(name);
        List<TableEdit> edits = new ArrayList<>(draft.content().edits());
        edits.addAll(more);
        return replace(name, ExpectedVersion.of(draft.version()), null, base -> edits, author);
    }

    /** What the edits come to, each thing once; refused where the tables would refuse it. */
    private List<TableEdit> judged(TableRevision base, List<TableEdit> edits) {
        TableDifference difference = preview(base, edits).difference();
        publication.requireScope(difference);
        return difference.toEdits();
    }

    private TablePreview preview(TableRevision base, List<TableEdit> edits) {
        return store.preview(base, VersionedEdit.unconditional(edits));
    }

    private StoredDraft open(DraftName name, ExpectedVersion expected) {
        StoredDraft draft = drafts.get(name);
        draft.requireVersion(expected);
        Long publishedAs = draft.publishedAs();
        if (publishedAs != null) {
            throw new DraftClosedException(name, publishedAs);
        }
        return draft;
    }

    private TableMerge merge(StoredDraft draft, TableRevision current) {
        TableRevision base = store.at(draft.content().baseRevision());
        return TableMerge.of(
                base.table(), preview(base, draft.content().edits()).after(), current.table());
    }

    /** What an open draft would make of the newest tables, or of its base where it conflicts with them. */
    public TablePreview preview(DraftName name) {
        StoredDraft draft = drafts.get(name);
        TableRevision current = store.current();
        return preview(draft, merge(draft, current), current);
    }

    private TablePreview preview(StoredDraft draft, TableMerge merge, TableRevision current) {
        return merge.conflicts().isEmpty()
                ? store.preview(current, merge.difference().toEdits(current))
                : preview(
                        store.at(draft.content().baseRevision()),
                        draft.content().edits());
    }

    /**
     * @param settings its machine type is not looked at: all of the tables are
     */
    public DraftEffect effect(DraftName name, ScenarioSettings settings) {
        StoredDraft draft = drafts.get(name);
        TableRevision current = store.current();
        TableMerge merge = merge(draft, current);
        TablePreview preview = preview(draft, merge, current);
        TableRevision against = preview.before();
        PolicyTable after = preview.after();
        CapturedHosts known = knownHosts.get();
        Impact impact = ImpactAnalysis.of(against.table(), after, known.hosts(), settings);
        LintChange lint = LintChange.between(against.table(), after, known.hosts());
        return new DraftEffect(
                draft,
                against,
                publication.conflicts(merge),
                preview.difference(),
                impact,
                lint,
                expectations.changes(against.table(), after),
                known);
    }

    /**
     * Makes the newest tables the draft's base. What others did in the meantime just as the draft wants it is no longer
     * among its edits.
     *
     * @throws ConflictingChangeException when others changed the same things; the draft is then as it was
     */
    public StoredDraft rebase(DraftName name, ExpectedVersion expected, String author) {
        StoredDraft draft = open(name, expected);
        TableRevision current = store.current();
        TableMerge merge = merge(draft, current);
        publication.requireNoConflict(merge);
        // Two changes that do not touch the same things may still not hold together.
        List<TableEdit> edits = judged(current, merge.difference().toEdits());
        return drafts.replace(
                name,
                ExpectedVersion.of(draft.version()),
                new DraftContent(draft.content().description(), current.number(), edits),
                author);
    }

    /**
     * Makes the draft a revision, and closes it.
     *
     * @param reason why; null for the draft's description
     * @param override why expectations may be broken; null to refuse
     * @throws ConflictingChangeException when others changed the same things
     * @throws BrokenExpectationsException when it would break expectations
     * @throws NothingToPublishException when nothing is left to change
     */
    public Publication publish(
            DraftName name,
            ExpectedVersion expected,
            String author,
            @Nullable String reason,
            @Nullable String override) {
        StoredDraft draft = open(name, expected);
        TableRevision current = store.current();
        TableMerge merge = merge(draft, current);
        publication.requireNoConflict(merge);
        if (merge.difference().isEmpty()) {
            throw new NothingToPublishException(name);
        }
        AtomicReference<@Nullable StoredDraft> closed = new AtomicReference<>();
        Applied applied = publication.apply(
                merge.difference().toEdits(current),
                author,
                reason == null ? usualReason(draft) : reason,
                override,
                (change, revision) ->
                        closed.set(drafts.close(name, ExpectedVersion.of(draft.version()), revision, author)));
        return new Publication(
                applied.revision().number(),
                Objects.requireNonNull(closed.get(), "edits that change something make a revision"),
                applied.difference());
    }

    private static String usualReason(StoredDraft draft) {
        String description = draft.content().description().strip();
        String named = "Publish draft " + draft.name() + (description.isEmpty() ? "" : ": " + description);
        return Text.shortened(named, Revision.LONGEST_REASON);
    }

    /**
     * A draft that has become a revision.
     *
     * @param revision which one
     * @param difference what it changed
     */
    public record Publication(long revision, StoredDraft draft, TableDifference difference) {}
}
