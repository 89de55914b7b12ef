package org.migreg.revision;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.migreg.history.Change;
import org.migreg.history.Revision;
import org.migreg.history.RevisionChanges;
import org.migreg.history.RevisionKind;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** All revisions ever made, read from the database. */
@Component
public class RevisionLog {

    /** At most so many revisions come in one answer. */
    public static final int LONGEST_LISTING = 1000;

    private final RevisionRepository revisions;
    private final RegistryHeadRepository heads;
    private final ObjectProvider<ChangeSource> sources;

    RevisionLog(RevisionRepository revisions, RegistryHeadRepository heads, ObjectProvider<ChangeSource> sources) {
        this.revisions = revisions;
        this.heads = heads;
        this.sources = sources;
    }

    /** The newest revision; empty where nothing has been written. */
    public Optional<Revision> latest() {
        return listBefore(Long.MAX_VALUE, 1).stream().findFirst();
    }

    /** The newest revisions' numbers. */
    public Head head() {
        return heads.read().toHead();
    }

    /**
     * @throws NoSuchRevisionException where there is none of this number
     */
    public Revision get(long number) {
        return revisions
                .findByNumber(number)
                .map(RevisionEntity::toRevision)
                .orElseThrow(() -> new NoSuchRevisionException(number, head().revision()));
    }

    /** Those of these revisions that there are, by number; at most {@value #LONGEST_LISTING} numbers. */
    public Map<Long, Revision> getAll(Set<Long> numbers) {
        limit(Math.max(1, numbers.size()));
        Map<Long, Revision> found = new HashMap<>();
        revisions.findByNumberIn(numbers).forEach(row -> {
            Revision revision = row.toRevision();
            found.put(revision.number(), revision);
        });
        return found;
    }

    /**
     * Revisions older than the given one, newest first; {@link Long#MAX_VALUE} begins at the newest.
     *
     * @param limit 1 to {@value #LONGEST_LISTING}
     */
    public List<Revision> listBefore(long before, int limit) {
        return revisions.findByNumberLessThanOrderByNumberDesc(before, limit(limit)).stream()
                .map(RevisionEntity::toRevision)
                .toList();
    }

    /** The same, only of one kind. */
    public List<Revision> listBefore(RevisionKind kind, long before, int limit) {
        return revisions.findByKindAndNumberLessThanOrderByNumberDesc(kind, before, limit(limit)).stream()
                .map(RevisionEntity::toRevision)
                .toList();
    }

    /**
     * Revisions newer than the given one, oldest first; 0 begins at the first.
     *
     * @param limit 1 to {@value #LONGEST_LISTING}
     */
    public List<Revision> listAfter(long after, int limit) {
        return revisions.findByNumberGreaterThanOrderByNumberAsc(after, limit(limit)).stream()
                .map(RevisionEntity::toRevision)
                .toList();
    }

    /**
     * The revision and all that it changed.
     *
     * @throws NoSuchRevisionException where there is none of this number
     */
    public RevisionChanges changes(long number) {
        Revision revision = get(number);
        List<Change> changes = sources.stream()
                .filter(source -> source.kind() == revision.kind())
                .flatMap(source -> source.changes(number).stream())
                .toList();
        return new RevisionChanges(revision, changes);
    }

    /**
     * The newest revision of this kind that is not newer than the given one; 0 where there is none.
     *
     * @throws NoSuchRevisionException where the given one has not been written; 0 always has
     */
    public long newestUpTo(RevisionKind kind, long number) {
        if (number < 0 || number > 0 && revisions.findByNumber(number).isEmpty()) {
            throw new NoSuchRevisionException(number, head().revision());
        }
        Long newest = revisions.newestUpTo(kind, number);
        return newest == null ? 0 : newest;
    }

    /** The newest revision that was made by then; 0 where there was none. */
    public long newestAt(Instant time) {
        Long newest = revisions.newestAt(time);
        return newest == null ? 0 : newest;
    }

    private static Limit limit(int limit) {
        if (limit < 1 || limit > LONGEST_LISTING) {
            throw new IllegalArgumentException("the limit is " + limit + ", which must be 1 to " + LONGEST_LISTING);
        }
        return Limit.of(limit);
    }
}
