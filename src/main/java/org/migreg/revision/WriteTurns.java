package org.migreg.revision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets the writers of this process in one at a time, in the order in which they came. A database's own queue of lock
 * waiters is neither fair nor patient.
 */
final class WriteTurns {

    private final Duration lookEvery;
    /** Those who wait, first come first; each gets its permit from whoever was before it. */
    private final Deque<Semaphore> waiting = new ArrayDeque<>();

    private boolean taken;

    WriteTurns(Duration lookEvery) {
        this.lookEvery = lookEvery;
    }

    /**
     * Returns when it is the caller's turn, who must then {@link #release()} it.
     *
     * @param whileWaiting is told now and then how long the caller has waited, and ends the waiting by throwing
     */
    void take(Consumer<Duration> whileWaiting) {
        Semaphore turn = new Semaphore(0);
        synchronized (this) {
            if (!taken) {
                taken = true;
                return;
            }
            waiting.add(turn);
        }
        boolean isOurs = false;
        try {
            long since = System.nanoTime();
            while (!turn.tryAcquire(lookEvery.toNanos(), TimeUnit.NANOSECONDS)) {
                whileWaiting.accept(Duration.ofNanos(System.nanoTime() - since));
            }
            isOurs = true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for other writes", interrupted);
        } finally {
            if (!isOurs) {
                leave(turn);
            }
        }
    }

    private synchronized void leave(Semaphore turn) {
        if (!waiting.remove(turn)) {
            // It was given in the meantime.
            release();
        }
    }

    synchronized void release() {
        Semaphore next = waiting.poll();
        if (next == null) {
            taken = false;
        } else {
            next.release();
        }
    }
}
