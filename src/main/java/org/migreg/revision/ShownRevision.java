package org.migreg.revision;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Up to which revision this process shows everything that was written, by whichever instance. A reader who knows the
 * revision of a write, its own for example, waits here until this process has caught up with it.
 */
@Component
public class ShownRevision {

    /** A revision can be known before the instance that made it has told the database's other readers. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** After a write: its answer must not wait for long. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final AtomicLong number = new AtomicLong();
    private final ReentrantLock looking = new ReentrantLock();
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
    private Runnable look = () -> {};

    ShownRevision() {}

    /** 0 where nothing has been written. */
    public long number() {
        return number.get();
    }

    /**
     * Catches up with the database until this revision is shown, and waits no longer where the database hangs.
     *
     * @return false when it is not within the patience
     */
    public boolean await(long revision, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        try {
            while (number.get() < revision) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                lookUnderWay().get(left, TimeUnit.NANOSECONDS);
                if (number.get() < revision) {
                    TimeUnit.NANOSECONDS.sleep(Math.min(LOOK_AGAIN.toNanos(), left));
                }
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException notSeen) {
            return false;
        }
    }

    /** One for all who wait, since a database that hangs keeps each look for long. */
    private synchronized CompletableFuture<Void> lookUnderWay() {
        if (underWay.isDone()) {
            underWay = CompletableFuture.runAsync(this::lookNow, Thread::startVirtualThread);
        }
        return underWay;
    }

    /** Has the look made by which this process catches up with the database, one at a time. */
    void lookNow() {
        looking.lock();
        try {
            look.run();
        } finally {
            looking.unlock();
        }
    }

    /** Said once, at start, by whoever can look. */
    void lookBy(Runnable newLook) {
        look = newLook;
    }

    /** All followers have caught up with this. */
    void show(long revision) {
        number.accumulateAndGet(revision, Math::max);
    }

    /** This process made these revisions and shows them; where others made some before that it has not seen, it looks. */
    void wrote(long first, long last) {
        if (!number.compareAndSet(first - 1, last)) {
            // What is written is written, whether or not it can be looked for just now.
            await(last, LONGEST_LOOK);
        }
    }
}
