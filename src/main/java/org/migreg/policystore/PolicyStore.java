package org.migreg.policystore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.migreg.history.RevisionKind;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.revision.Head;
import org.migreg.revision.NoSuchRevisionException;
import org.migreg.revision.RevisionFollower;
import org.migreg.revision.RevisionLog;
import org.migreg.revision.RevisionWriter;
import org.migreg.revision.StaleVersionException;
import org.springframework.stereotype.Component;

/**
 * Keeps the compat tables. Reading the newest takes a reference from memory and never waits; a write is one
 * transaction and one revision, and shows only once it is on disk. Safe for use by many threads, and by several
 * instances on one database.
 */
@Component
public class PolicyStore implements RevisionFollower {

    /** Past tables are small, but each can have thousands of entries. */
    private static final int PAST_TABLES_KEPT = 16;

    private final TableArchive archive;
    private final RevisionWriter writer;
    private final RevisionLog log;
    private final AtomicReference<TableRevision> newest;
    private final Cache<Long, TableRevision> past =
            Caffeine.newBuilder().maximumSize(PAST_TABLES_KEPT).build();

    PolicyStore(TableArchive archive, RevisionWriter writer, RevisionLog log) {
        this.archive = archive;
        this.writer = writer;
        this.log = log;
        this.newest = new AtomicReference<>(archive.read(log.head().of(RevisionKind.TABLES)));
    }

    /** The newest tables, from memory; other instances' writes are seen with a short delay. */
    public TableRevision current() {
        return newest.get();
    }

    /**
     * The tables as they were when this revision was the newest, also one that changed no table; 0 is before the
     * first. From the database, unless asked for lately.
     *
     * @throws NoSuchRevisionException where there is none of this number
     */
    public TableRevision at(long revision) {
        TableRevision current = newest.get();
        return revision == current.number() ? current : past.get(revision, this::readPast);
    }

    /** The tables of this revision; the newest where none is given. */
    public TableRevision currentOr(@Nullable Long revision) {
        return revision == null ? current() : at(revision);
    }

    private TableRevision readPast(long revision) {
        long ofTables = log.newestUpTo(RevisionKind.TABLES, revision);
        TableRevision current = newest.get();
        return (ofTables == current.number() ? current : archive.read(ofTables)).asOf(revision);
    }

    /**
     * Takes all the edits or none, as one revision. Edits that change nothing make no revision.
     *
     * @param author 1 to 200 characters
     * @param reason 1 to 2,000 characters
     * @throws StaleVersionException when somebody changed an edited thing since the editor read it
     * @throws NoSuchMachineTypeException when an edit names a machine type that does not exist
     * @throws NoSuchEntryException when an edit names an entry that does not exist
     * @throws MachineTypeExistsException when a name is taken
     * @throws MachineTypeInUseException when a deleted machine type has heirs
     * @throws PolicyTable.InvalidTableException when the result would not hold together
     * @throws IllegalArgumentException when a text cannot be stored
     */
    public Applied apply(List<VersionedEdit> edits, String author, String reason) {
        return apply(edits, author, reason, (change, revision) -> {});
    }

    /**
     * The same, if the review lets it pass.
     *
     * @param review not asked where nothing changes; whatever it throws undoes it all
     */
    public Applied apply(List<VersionedEdit> edits, String author, String reason, TableReview review) {
        return writer.write(
                RevisionKind.TABLES,
                author,
                reason,
                writing -> {
                    TablePreview change = preview(inForce(writing.previous()), edits);
                    if (!change.changesAnything()) {
                        return new Applied(change.before(), List.of(), change.difference());
                    }
                    long number = writing.revision().number();
                    archive.write(change.difference(), number);
                    review.review(change, number);
                    return new Applied(change.numbered(number), change.newEntryIds(), change.difference());
                },
                applied -> show(applied.revision()));
    }

    /** The tables that a writer starts from: memory may be behind another instance's write. */
    private TableRevision inForce(long number) {
        TableRevision inMemory = newest.get();
        return inMemory.number() == number ? inMemory : archive.read(number);
    }

    /**
     * What {@link #apply} would make of these tables, which can be of any revision, without doing it; ids are as if
     * written next.
     *
     * @throws RuntimeException the same as {@code apply}
     */
    public TablePreview preview(TableRevision before, List<VersionedEdit> edits) {
        return TablePreview.of(before, EditedTables.of(before, edits).table());
    }

    /** What an edit would make of the newest tables, whatever the version of its thing. */
    public TablePreview preview(TableEdit edit) {
        return preview(newest.get(), VersionedEdit.unconditional(List.of(edit)));
    }

    /** The revision that last changed or removed the machine type; 0 for one that never was. */
    public long lastChangeOf(String machineType) {
        return archive.lastChangeOf(machineType);
    }

    /** The revision that last changed or removed the entry; 0 for one that never was. */
    public long lastChangeOfEntry(long id) {
        return archive.lastChangeOfEntry(id);
    }

    @Override
    public void follow(Head head) {
        if (head.tables() > newest.get().number()) {
            show(archive.read(head.tables()));
        }
    }

    private void show(TableRevision candidate) {
        newest.accumulateAndGet(candidate, (shown, other) -> other.number() > shown.number() ? other : shown);
    }
}
