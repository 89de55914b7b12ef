package org.migreg.revision;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs writes, each in a transaction of its own, and returns once they are on the disk. PostgreSQL puts them there at
 * each commit; H2 writes them to its file some time later, and leaves it to the operating system when they reach the disk.
 */
@Component
public class DurableWrites {

    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(30);

    private final EntityManager entityManager;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final StorageSpace space;
    private final boolean isH2;
    private volatile long latest = System.nanoTime();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long worked = System.nanoTime();
    private volatile @Nullable DatabaseUnavailableException lastFailure;

    DurableWrites(
            EntityManager entityManager,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactionManager,
            DatabaseProduct product,
            StorageSpace space) {
        this.entityManager = entityManager;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactionManager);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.space = space;
        this.isH2 = product == DatabaseProduct.H2;
    }

    /**
     * @throws DatabaseUnavailableException when the database cannot take it now
     */
    public <T> T write(Supplier<T> work) {
        return write(work, result -> true);
    }

    /**
     * @param work whatever it throws undoes it all
     * @param wrote whether the work, by its result, wrote anything
     * @throws DatabaseUnavailableException when the database cannot take it now
     */
    <T> T write(Supplier<T> work, Predicate<T> wrote) {
        space.require();
        Progress progress = new Progress();
        underWay.incrementAndGet();
        latest = System.nanoTime();
        try {
            T result = transaction.execute(status -> {
                T done = progress.doing(() -> {
                    T worked = work.get();
                    entityManager.flush();
                    return worked;
                });
                // What fails from here on may have been committed all the same.
                progress.committing = wrote.test(done);
                return done;
            });
            if (progress.committing) {
                if (isH2) {
                    jdbc.execute("checkpoint sync");
                }
                worked = System.nanoTime();
                lastFailure = null;
            }
            return result;
        } catch (RuntimeException last) {
            // A connection that broke cannot be rolled back either; what broke it says more.
            RuntimeException failure = progress.failure == null ? last : progress.failure;
            DatabaseTrouble trouble = DatabaseTrouble.in(failure).orElse(null);
            if (trouble == null) {
                throw failure;
            }
            DatabaseUnavailableException unavailable =
                    new DatabaseUnavailableException(trouble, message(trouble, progress.committing), failure);
            // Whoever others keep waiting for a while knows that they can write.
            if (trouble != DatabaseTrouble.BLOCKED || !haveWorkedWithin(LONGEST_BLOCK)) {
                lastFailure = unavailable;
            }
            throw unavailable;
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static String message(DatabaseTrouble trouble, boolean committing) {
        return trouble.message()
                + (committing
                        ? "; whether this was written is not known: read it before you repeat it"
                        : "; nothing was written");
    }

    /** Why the latest write failed, where the database could not take it; empty once another one succeeded. */
    Optional<DatabaseUnavailableException> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Whether a write has reached the disk during this time. */
    boolean haveWorkedWithin(Duration time) {
        return System.nanoTime() - worked < time.toNanos();
    }

    boolean haveBeenWithin(Duration time) {
        return areUnderWay() || System.nanoTime() - latest < time.toNanos();
    }

    /** Whether any write has a transaction, be it that it still waits for one of another instance. */
    boolean areUnderWay() {
        return underWay.get() > 0;
    }

    private static final class Progress {
        private boolean committing;
        private @Nullable RuntimeException failure;

        <T> T doing(Supplier<T> work) {
            try {
                return work.get();
            } catch (RuntimeException failed) {
                failure = failed;
                throw failed;
            }
        }
    }
}
