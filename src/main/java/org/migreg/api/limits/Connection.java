package org.migreg.api.limits;

import java.io.IOException;
import java.util.function.ToLongFunction;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, and how long it has let the service wait: for a request, for the next bytes of a body, for
 * taking the next bytes of an answer. While it does, it can be ended to make way for others; never while the service
 * works for it.
 */
final class Connection {

    /** Runs on the thread that serves the connection. */
    static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

    private static final long NANOS = 1_000_000_000L;

    /** Something that may wait for the client. */
    @FunctionalInterface
    interface Waiting<T> {
        T call() throws IOException;
    }

    private final SocketWrapperBase<?> socket;
    private final Client client;
    private final long leastRate;
    private volatile MemoryBudget.@Nullable Share share;

    // Guarded by this.
    private boolean ended;
    private int served;
    private long idleSince = System.nanoTime();
    private @Nullable Thread waiting;
    private long waitingSince;

    /** How long this request has let the service wait, less what its bytes would have taken at the least rate. */
    private long behind;

    Connection(SocketWrapperBase<?> socket, Client client, long leastRate) {
        this.socket = socket;
        this.client = client;
        this.leastRate = leastRate;
    }

    Client client() {
        return client;
    }

    /** Of the request that is served, if there is one. */
    MemoryBudget.@Nullable Share share() {
        return share;
    }

    /**
     * Something has come in, and is served.
     *
     * @return false where the connection was ended
     */
    synchronized boolean begin() {
        if (!ended) {
            served++;
        }
        return !ended;
    }

    /**
     * @param complete whether what is waited for now is a new request; else it is the rest of a header
     */
    synchronized void end(boolean complete) {
        served--;
        if (served == 0 && complete) {
            idleSince = System.nanoTime();
        }
    }

    void beginRequest(MemoryBudget.Share ofTheRequest) {
        share = ofTheRequest;
        beAnswered();
    }

    /** What a client owes for its body does not count for the answer. */
    synchronized void beAnswered() {
        behind = 0;
    }

    void endRequest() {
        share = null;
    }

    /**
     * Waits for the client.
     *
     * @param bytes how many bytes that brought
     * @throws ClientAbortException where the connection was ended meanwhile
     */
    <T> T await(Waiting<T> action, ToLongFunction<T> bytes) throws IOException {
        beginWaiting();
        T result;
        try {
            result = action.call();
        } catch (IOException failed) {
            endWaiting(0, failed);
            throw failed;
        }
        endWaiting(bytes.applyAsLong(result), null);
        return result;
    }

    private synchronized void beginWaiting() throws ClientAbortException {
        if (ended) {
            throw ended(null);
        }
        waiting = Thread.currentThread();
        waitingSince = System.nanoTime();
    }

    private synchronized void endWaiting(long bytes, @Nullable IOException failed) throws ClientAbortException {
        behind = Math.max(0, behind + (System.nanoTime() - waitingSince) - bytes * NANOS / leastRate);
        waiting = null;
        if (ended) {
            // The interruption ended the wait and means nothing to what comes after.
            Thread.interrupted();
            throw ended(failed);
        }
    }

    /** Sets how long a single byte is waited for, in milliseconds, and tells how long it was. */
    long readTimeout(long millis) {
        long before = socket.getReadTimeout();
        socket.setReadTimeout(millis);
        return before;
    }

    private static ClientAbortException ended(@Nullable IOException cause) {
        return new ClientAbortException("the connection was ended, since its client let the service wait", cause);
    }

    /** How long this request has kept the service waiting beyond what its bytes take at the least rate. */
    synchronized long behind() {
        return behind;
    }

    /** How long it has let the service wait by now; 0 while the service works for it. */
    synchronized long waited(long now) {
        if (ended) {
            return 0;
        }
        if (served == 0) {
            return now - idleSince;
        }
        return waiting == null ? 0 : behind + (now - waitingSince);
    }

    /** Whether a request is being served, be it that it waits for its client. */
    synchronized boolean isServed() {
        return served > 0;
    }

    /** Ends it unless the service is working for it. */
    synchronized boolean giveWay() {
        if (ended || served > 0 && waiting == null) {
            return false;
        }
        ended = true;
        socket.close();
        if (waiting != null) {
            waiting.interrupt();
        }
        return true;
    }
}
