package org.migreg.registry.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TableMerge;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.register.Text;
import org.migreg.registry.publication.BrokenExpectationsException;
import org.migreg.registry.publication.ConflictingChangeException;
import org.migreg.registry.publication.TablePublication;
import org.migreg.revision.NoSuchRevisionException;
import org.migreg.revision.RevisionLog;
import org.springframework.stereotype.Component;

/** Reads the history of the tables, and undoes a part of it. */
@Component
public class TableHistory {

    private final PolicyStore store;
    private final RevisionLog log;
    private final TablePublication publication;

    TableHistory(PolicyStore store, RevisionLog log, TablePublication publication) {
        this.store = store;
        this.log = log;
        this.publication = publication;
    }

    /**
     * What must change to make the tables of one revision those of another; 0 is before the first.
     *
     * @throws NoSuchRevisionException where there is none of one of the numbers
     */
    public TableDifference between(long from, long to) {
        return TableDifference.between(store.at(from).table(), store.at(to).table());
    }

    /**
     * What a revision changed of the tables; nothing for a revision of another kind.
     *
     * @throws NoSuchRevisionException where there is none of this number
     */
    public TableDifference of(Revision revision) {
        return between(revision.number() - 1, revision.number());
    }

    /**
     * Makes a new revision that undoes one: what it changed is again as before it, and all else stays. An entry that it
     * had removed comes back under a new number.
     *
     * @param reason why; null to say what is undone
     * @param override why expectations may be broken; null to refuse
     * @throws NoSuchRevisionException where there is none of this number
     * @throws NotRevertibleException where there is nothing to undo
     * @throws ConflictingChangeException when later revisions changed the same things
     * @throws BrokenExpectationsException when it would break expectations
     */
    public Reversal revert(long number, String author, @Nullable String reason, @Nullable String override) {
        Revision undone = log.get(number);
        if (undone.kind() != RevisionKind.TABLES) {
            throw NotRevertibleException.noTables(undone);
        }
        TableRevision current = store.current();
        TableMerge merge =
                TableMerge.of(store.at(number).table(), store.at(number - 1).table(), current.table());
        publication.requireNoConflict(merge);
        if (merge.difference().isEmpty()) {
            throw NotRevertibleException.nothingLeft(undone);
        }
        Applied applied = publication.apply(
                merge.difference().toEdits(current), author, reason == null ? usualReason(undone) : reason, override);
        return new Reversal(applied.revision().number(), applied.difference());
    }

    private static String usualReason(Revision undone) {
        String reason = "Revert revision " + undone.number() + " of " + undone.author() + ": " + undone.reason();
        return Text.shortened(reason, Revision.LONGEST_REASON);
    }

    /**
     * A revision that undoes another.
     *
     * @param difference what it changed
     */
    public record Reversal(long revision, TableDifference difference) {}

    /**
     * The revisions that made each entry of a machine type what it is, inherited entries after its own.
     *
     * @throws NoSuchMachineTypeException where these tables do not have it
     */
    public List<Blamed> blame(TableRevision tables, String machineType) {
        tables.table().require(machineType);
        List<PolicyEntry> entries = tables.table().chainEntries(machineType);
        Set<Long> numbers = new HashSet<>();
        entries.forEach(entry -> numbers.add(tables.versionOfEntry(entry.id())));
        Map<Long, Revision> revisions = revisions(numbers);
        return entries.stream()
                .map(entry -> new Blamed(
                        entry,
                        Objects.requireNonNull(
                                revisions.get(tables.versionOfEntry(entry.id())), "an entry's revision is there")))
                .toList();
    }

    private Map<Long, Revision> revisions(Set<Long> numbers) {
        Map<Long, Revision> found = new HashMap<>();
        List<Long> all = List.copyOf(numbers);
        for (int i = 0; i < all.size(); i += RevisionLog.LONGEST_LISTING) {
            found.putAll(log.getAll(Set.copyOf(all.subList(i, Math.min(all.size(), i + RevisionLog.LONGEST_LISTING)))));
        }
        return found;
    }
}
