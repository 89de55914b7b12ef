package org.migreg.registry.publication;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Revision;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TableMerge;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.policystore.TablePreview;
import org.migreg.policystore.TableReview;
import org.migreg.question.expectation.ExpectationChange;
import org.migreg.register.Text;
import org.migreg.registry.expectation.StoredExpectations;
import org.migreg.revision.RevisionLog;
import org.springframework.stereotype.Component;

/**
 * The way by which every change of the tables reaches the store, a single entry as well as a whole file: a change that
 * breaks an expectation is refused, unless it comes with a reason why it must be so.
 */
@Component
public class TablePublication {

    /** The longest reason of an override, in characters. */
    public static final int LONGEST_OVERRIDE = 1000;

    private final PolicyStore store;
    private final RevisionLog log;
    private final StoredExpectations expectations;
    private final WritersScope scope;

    TablePublication(PolicyStore store, RevisionLog log, StoredExpectations expectations, WritersScope scope) {
        this.store = store;
        this.log = log;
        this.expectations = expectations;
        this.scope = scope;
    }

    /**
     * Takes all the edits or none, as one revision; see {@link PolicyStore#apply(List, String, String)} for what else it
     * throws.
     *
     * @param override why expectations may be broken, at most {@value #LONGEST_OVERRIDE} characters; null to refuse
     * @throws BrokenExpectationsException when it would break some
     * @throws OutOfScopeException when it changes what whoever is writing may not write
     */
    public Applied apply(List<VersionedEdit> edits, String author, String reason, @Nullable String override) {
        return apply(edits, author, reason, override, (change, revision) -> {});
    }

    /** The same with more to do in the transaction of the write. */
    public Applied apply(
            List<VersionedEdit> edits, String author, String reason, @Nullable String override, TableReview alongside) {
        TablePreview preview = store.preview(store.current(), edits);
        requireScope(preview.difference());
        Judgement judgement = judgement(preview);
        while (true) {
            Judgement noted = judgement;
            if (override == null && !noted.broken().isEmpty()) {
                throw new BrokenExpectationsException(noted.broken());
            }
            try {
                return store.apply(
                        edits, author, withOverride(reason, noted.broken(), override), (change, revision) -> {
                            requireScope(change.difference());
                            // While others wait to write, moves are evaluated again only if somebody was faster.
                            if (!noted.isOf(change.before(), expectations.basis())) {
                                Judgement now = judgement(change);
                                if (!now.ids().equals(noted.ids())) {
                                    throw new OtherwiseByNowException(now);
                                }
                            }
                            alongside.review(change, revision);
                        });
            } catch (OtherwiseByNowException somebodyWasFaster) {
                // The reason that was written names other expectations than it breaks: undone, and once more.
                judgement = somebodyWasFaster.now;
            }
        }
    }

    /**
     * @throws OutOfScopeException where it changes a machine type that whoever is writing may not write
     */
    public void requireScope(TableDifference difference) {
        Stream.of(difference.machineTypes(), difference.entries())
                .flatMap(List::stream)
                .map(TableDifference.Change::machineType)
                .distinct()
                .forEach(scope::require);
    }

    private Judgement judgement(TablePreview change) {
        StoredExpectations.Basis basis = expectations.basis();
        return new Judgement(
                change.before().number(),
                basis,
                basis.expectations() == 0 ? List.of() : broken(change.before().table(), change.after()));
    }

    /** The expectations that a change breaks, and what that was found from. */
    private record Judgement(long tables, StoredExpectations.Basis basis, List<ExpectationChange> broken) {

        boolean isOf(TableRevision before, StoredExpectations.Basis others) {
            return before.number() == tables && others.equals(basis);
        }

        List<Long> ids() {
            return broken.stream().map(change -> change.stored().id()).toList();
        }
    }

    /** While the write waited for its turn, another one changed which expectations it breaks. */
    private static final class OtherwiseByNowException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // Never serialized; RuntimeException only says it could be.
        private final transient Judgement now;

        OtherwiseByNowException(Judgement now) {
            this.now = now;
        }
    }

    /** The expectations that are met and that the change would break. */
    public List<ExpectationChange> broken(PolicyTable before, PolicyTable after) {
        return expectations.changes(before, after).stream()
                .filter(ExpectationChange::isBroken)
                .toList();
    }

    private static String withOverride(String reason, List<ExpectationChange> broken, @Nullable String override) {
        if (broken.isEmpty()) {
            return reason;
        }
        String ids = broken.stream()
                .limit(20)
                .map(change -> Long.toString(change.stored().id()))
                .collect(Collectors.joining(", "));
        String note = "\nBreaks expectation" + (broken.size() == 1 ? " " : "s ") + ids
                + (broken.size() > 20 ? " and " + (broken.size() - 20) + " more" : "") + ": " + override;
        int room = Revision.LONGEST_REASON - note.length();
        return Text.shortened(reason, room) + note;
    }

    /** The conflicts, each with who made it. */
    public List<TableConflict> conflicts(TableMerge merge) {
        return merge.conflicts().stream()
                .map(conflict -> TableConflict.of(conflict, store, log))
                .toList();
    }

    /**
     * @throws ConflictingChangeException where it has conflicts
     */
    public void requireNoConflict(TableMerge merge) {
        if (!merge.conflicts().isEmpty()) {
            throw new ConflictingChangeException(conflicts(merge));
        }
    }
}
