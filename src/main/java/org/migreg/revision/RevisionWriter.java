package org.migreg.revision;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Makes revisions, one at a time over all instances that share a database: the head's row is locked from
 * before a writer looks until its commit. Only rank 5 writes through it.
 */
@Component
public class RevisionWriter {

    /** A write under way: the head is locked, and no other write happens until it ends. */
    public final class Writing {

        private final Together whole;
        private final RegistryHeadEntity head;
        private final long previous;
        private final RevisionKind kind;
        private final String author;
        private final String reason;
        private @Nullable Revision revision;

        private Writing(Together whole, RevisionKind kind, String author, String reason) {
            this.whole = whole;
            this.head = whole.head();
            this.previous = head.toHead().of(kind);
            this.kind = kind;
            this.author = author;
            this.reason = reason;
        }

        /** The newest revision of the kind that is being written, this one excepted; 0 where there is none. */
        public long previous() {
            return previous;
        }

        /** Makes the revision; a write that never asks for it makes none. The same one at each call. */
        public Revision revision() {
            if (revision == null) {
                head.advance(kind);
                whole.made(head.revision());
                revision = new Revision(
                        head.revision(), Instant.now().truncatedTo(ChronoUnit.MICROS), author, reason, kind);
                entityManager.persist(new RevisionEntity(revision));
                // What the stores insert next refers to this row.
                entityManager.flush();
            }
            return revision;
        }
    }

    /** Longer than any write that is not stuck; who comes later must not wait for ever for one that is. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(300);

    private final WriteTurns turns = new WriteTurns(LOOK_EVERY);
    private final RegistryHeadRepository heads;
    private final EntityManager entityManager;
    private final DurableWrites durableWrites;
    private final DatabaseAnswers answers;
    private final ShownRevision shown;
    private final RevisionNotices notices;
    private final ApplicationEventPublisher events;

    private volatile @Nullable Together together;

    RevisionWriter(
            RegistryHeadRepository heads,
            EntityManager entityManager,
            DurableWrites durableWrites,
            DatabaseAnswers answers,
            ShownRevision shown,
            RevisionNotices notices,
            ApplicationEventPublisher events) {
        this.heads = heads;
        this.entityManager = entityManager;
        this.durableWrites = durableWrites;
        this.answers = answers;
        this.shown = shown;
        this.notices = notices;
        this.events = events;
    }

    /**
     * Runs the work in a transaction of its own and then, once it is committed and on disk, shows its result;
     * no other write starts before that.
     *
     * @param work looks, decides, writes; whatever it throws undoes it all
     * @param afterCommit gets what the work returned
     * @throws IllegalArgumentException when author or reason cannot be stored
     * @throws DatabaseUnavailableException when the database cannot take it now
     */
    public <T> T write(
            RevisionKind kind, String author, String reason, Function<Writing, T> work, Consumer<T> afterCommit) {
        Revision.requireAuthorAndReason(author, reason);
        Together whole = together;
        if (whole == null || whole.by != Thread.currentThread()) {
            return writeTogether(() -> write(kind, author, reason, work, afterCommit));
        }
        T result = work.apply(new Writing(whole, kind, author, reason));
        whole.afterCommit.add(() -> afterCommit.accept(result));
        return result;
    }

    /** The write before may be stuck in a database that no longer answers. */
    private void whileWaiting(Duration waited) {
        answers.require();
        if (waited.compareTo(LONGEST_WAIT) > 0) {
            throw new DatabaseUnavailableException(
                    DatabaseTrouble.UNAVAILABLE,
                    "other writes are under way, for longer than " + LONGEST_WAIT.toSeconds()
                            + " s: try again in a few seconds; nothing was written",
                    null);
        }
    }

    /**
     * Runs several writes in one transaction: each makes its revision, and either all of them are committed and then
     * shown or none is. What the writes look at is the newest, of whichever instance.
     *
     * @param writes calls {@link #write} on this thread; whatever it throws undoes it all
     * @throws DatabaseUnavailableException when the database cannot take it now
     */
    public <T> T writeTogether(Supplier<T> writes) {
        Together whole = together;
        if (whole != null && whole.by == Thread.currentThread()) {
            throw new IllegalStateException("writes that belong together are under way");
        }
        long came = System.nanoTime();
        Together begun = new Together(Thread.currentThread());
        T result;
        turns.take(this::whileWaiting);
        try {
            answers.requireNoSilenceSince(came);
            result = durableWrites.write(() -> begun.run(writes), ignored -> !begun.afterCommit.isEmpty());
            begun.afterCommit.forEach(Runnable::run);
        } finally {
            turns.release();
        }
        if (begun.hasWritten()) {
            shown.wrote(begun.first, begun.last);
            events.publishEvent(new RevisionsWritten(begun.last));
        }
        return result;
    }

    /** Writes that belong together and are under way. */
    private final class Together {

        /** Who makes them, in its turn. */
        private final Thread by;

        /** What to do once they are on disk. */
        private final List<Runnable> afterCommit = new ArrayList<>();

        private @Nullable RegistryHeadEntity head;
        private long first;
        private long last;

        private Together(Thread by) {
            this.by = by;
        }

        private <T> T run(Supplier<T> writes) {
            together = this;
            try {
                head = heads.lock();
                T result = writes.get();
                if (hasWritten()) {
                    notices.send();
                }
                return result;
            } finally {
                together = null;
            }
        }

        private RegistryHeadEntity head() {
            return Objects.requireNonNull(head);
        }

        private void made(long number) {
            first = first == 0 ? number : first;
            last = number;
        }

        private boolean hasWritten() {
            return last > 0;
        }
    }
}
