package org.migreg.revision;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes revisions, one at a time over all instances that share a database: the head's row is locked from
 * before a writer looks until its commit. Rank 5 alone writes through it.
 */
@Component
public class RevisionWriter {

    /** A write under way: the head is locked, and no other write happens until it ends. */
    public final class Writing {

        private final RegistryHeadEntity head;
        private final long previous;
        private final RevisionKind kind;
        private final String author;
        private final String reason;
        private @Nullable Revision revision;

        private Writing(RegistryHeadEntity head, RevisionKind kind, String author, String reason) {
            this.head = head;
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
                revision = new Revision(
                        head.revision(), Instant.now().truncatedTo(ChronoUnit.MICROS), author, reason, kind);
                entityManager.persist(new RevisionEntity(revision));
                // What the stores insert next refers to this row.
                entityManager.flush();
            }
            return revision;
        }
    }

    // A database's own queue of lock waiters is neither fair nor patient.
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final RegistryHeadRepository heads;
    private final EntityManager entityManager;
    private final TransactionTemplate transaction;
    private final DurableCommits durableCommits;

    RevisionWriter(
            RegistryHeadRepository heads,
            EntityManager entityManager,
            PlatformTransactionManager transactionManager,
            DurableCommits durableCommits) {
        this.heads = heads;
        this.entityManager = entityManager;
        this.transaction = new TransactionTemplate(transactionManager);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.durableCommits = durableCommits;
    }

    /**
     * Runs the work in a transaction of its own and then, once it is committed and on disk, shows its result;
     * no other write starts before that.
     *
     * @param work looks, decides, writes; whatever it throws undoes it all
     * @param afterCommit gets what the work returned
     * @throws IllegalArgumentException when author or reason cannot be stored
     */
    public <T> T write(
            RevisionKind kind, String author, String reason, Function<Writing, T> work, Consumer<T> afterCommit) {
        Revision.requireAuthorAndReason(author, reason);
        oneAtATime.lock();
        try {
            Outcome<T> outcome = transaction.execute(status -> {
                Writing writing = new Writing(heads.lock(), kind, author, reason);
                T result = work.apply(writing);
                return new Outcome<>(result, writing.revision != null);
            });
            if (outcome.wrote()) {
                durableCommits.sync();
            }
            afterCommit.accept(outcome.result());
            return outcome.result();
        } finally {
            oneAtATime.unlock();
        }
    }

    private record Outcome<T>(T result, boolean wrote) {}
}
