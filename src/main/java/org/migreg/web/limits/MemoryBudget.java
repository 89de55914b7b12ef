package org.migreg.web.limits;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.migreg.contract.problem.ProblemType;

/**
 * The memory that all requests share for what they bring, work with and are answered. No client has more than
 * seven eighths of it, for what is large no more than three quarters, and for all that is small of one operation no
 * more than three eighths: so that others, and its own other questions, find some. Where it is short, whoever lets the service wait gives way; then it
 * is waited a moment for others to end.
 */
final class MemoryBudget {

    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final long MAKE_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** What a request may take without being large. */
    private static final long SMALL = 1 << 20;

    private final long total;
    private final WayMaker makeWay;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<Object, Long> byUser = new HashMap<>();
    private long used;
    private long madeWayAt = System.nanoTime();

    /** Ends a request that holds memory while it waits for its client. */
    @FunctionalInterface
    interface WayMaker {
        /**
         * @param whose requests help
         */
        void makeWay(Predicate<Share> whose);
    }

    MemoryBudget(long total, WayMaker makeWay) {
        this.total = total;
        this.makeWay = makeWay;
    }

    Share share(Client client, Operation operation) {
        return new Share(client, operation);
    }

    /** What is asked, as far as it tells one kind of question from another. */
    record Operation(String name) {}

    private long mostOfARequest() {
        return total / 4 * 3;
    }

    /** What one request has of it. */
    final class Share implements AutoCloseable {

        private final Client client;
        private final Operation operation;
        private long held;
        private long heldAsSmall;

        private Share(Client client, Operation operation) {
            this.client = client;
            this.operation = operation;
        }

        long held() {
            lock.lock();
            try {
                return held;
            } finally {
                lock.unlock();
            }
        }

        /** Takes so much if it is there. */
        boolean tryTake(long bytes) {
            lock.lock();
            try {
                if (!fits(bytes)) {
                    return false;
                }
                add(bytes);
                return true;
            } finally {
                lock.unlock();
            }
        }

        /**
         * Takes so much, if need be after a moment.
         *
         * @throws RefusedRequestException when it is not there then, or more than a request may ever have
         */
        void take(long bytes) throws RefusedRequestException {
            if (held() + bytes > mostOfARequest()) {
                throw new RefusedRequestException(
                        ProblemType.BODY_TOO_LARGE,
                        "reading this takes more memory than the " + (mostOfARequest() >> 20)
                                + " MiB that a request may have here: split it, or give the service more"
                                + " (migreg.clients.memory, which is a part of -Xmx where it is not set)");
            }
            long deadline = System.nanoTime() + A_MOMENT.toNanos();
            while (!tryTake(bytes)) {
                makeWay(bytes);
                if (System.nanoTime() > deadline || !awaitRoom()) {
                    throw new RefusedRequestException(
                            ProblemType.BUSY,
                            "other requests take up the memory that there is for requests: try again in "
                                    + RefusedRequestException.RETRY_AFTER + " seconds");
                }
            }
        }

        void giveBack(long bytes) {
            lock.lock();
            try {
                add(-Math.min(bytes, held));
                freed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            giveBack(held());
        }

        /** Of many that wait for room, one looks now and then who could give way. */
        private void makeWay(long bytes) {
            Predicate<Share> helpful;
            lock.lock();
            try {
                if (System.nanoTime() - madeWayAt < MAKE_WAY_NANOS) {
                    return;
                }
                madeWayAt = System.nanoTime();
                boolean isLarge = held + bytes > SMALL;
                if (used + bytes > (isLarge ? mostOfARequest() : total)) {
                    helpful = any -> true;
                } else if (isLarge || byUser.getOrDefault(client, 0L) + bytes > total / 8 * 7) {
                    helpful = other -> other.client.equals(client);
                } else {
                    helpful = other -> other.operation.equals(operation);
                }
            } finally {
                lock.unlock();
            }
            makeWay.makeWay(helpful);
        }

        private boolean fits(long bytes) {
            long ofClient = byUser.getOrDefault(client, 0L) + bytes;
            if (held + bytes > SMALL) {
                return used + bytes <= mostOfARequest() && ofClient <= mostOfARequest();
            }
            long ofOperation = byUser.getOrDefault(operation, 0L) + bytes;
            return used + bytes <= total && ofClient <= total / 8 * 7 && ofOperation <= total / 8 * 3;
        }

        private void add(long bytes) {
            used += bytes;
            held += bytes;
            add(client, bytes);
            long small = held > SMALL ? 0 : held;
            add(operation, small - heldAsSmall);
            heldAsSmall = small;
        }

        private void add(Object user, long bytes) {
            long ofUser = byUser.getOrDefault(user, 0L) + bytes;
            if (ofUser == 0) {
                byUser.remove(user);
            } else {
                byUser.put(user, ofUser);
            }
        }
    }

    /** Waits until something is given back, or it is time to look who could give way. */
    @SuppressWarnings("WaitNotInLoop") // Whoever calls looks again at once, whatever ended the waiting.
    private boolean awaitRoom() {
        lock.lock();
        try {
            boolean _ = freed.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
