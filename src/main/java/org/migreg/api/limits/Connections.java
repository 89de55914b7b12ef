package org.migreg.api.limits;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** All connections, and which of them give way when there are too many, or too little memory. */
final class Connections {

    /** Who has let the service wait so long gives way where memory is short. */
    private static final long LONG_ENOUGH_NANOS = 250_000_000L;

    private final Map<SocketWrapperBase<?>, Connection> all = new ConcurrentHashMap<>();
    private final long patience;
    private final long leastRate;
    private final int most;

    Connections(ClientSettings settings) {
        this.patience = settings.patience().toNanos();
        this.leastRate = settings.leastRate().toBytes();
        this.most = settings.connections();
    }

    int most() {
        return most;
    }

    Connection of(SocketWrapperBase<?> socket) {
        return all.computeIfAbsent(
                socket, added -> new Connection(added, Client.at(String.valueOf(added.getRemoteAddr())), leastRate));
    }

    void forget(SocketWrapperBase<?> socket) {
        all.remove(socket);
    }

    /**
     * Ends those that have let the service wait for too long, and where hardly a connection is left, those that have let it wait longest, of the clients that have most of them.
     *
     * @param open all that are open, those that have sent nothing yet included
     * @return whether connections are scarce
     */
    boolean tidy(Collection<? extends SocketWrapperBase<?>> open) {
        long now = System.nanoTime();
        int left = 0;
        for (SocketWrapperBase<?> socket : open) {
            if (socket.isClosed()) {
                continue;
            }
            Connection connection = of(socket);
            if (socket.isClosed()) {
                forget(socket);
            } else if (connection.waited(now) <= allowed(socket, connection) || !connection.giveWay()) {
                left++;
            }
        }
        int tooMany = left - most / 16 * 15;
        if (tooMany > 0) {
            longestWaiting(now).stream().limit(tooMany).forEach(Connection::giveWay);
        }
        return left > most / 2;
    }

    /** A body or an answer is ended in words by who reads or writes it; here only what has no such end. */
    private long allowed(SocketWrapperBase<?> socket, Connection connection) {
        if (connection.isServed()) {
            return 2 * patience;
        }
        // Tomcat ends what is idle; with a header begun its times begin anew with every byte.
        return socket.getCurrentProcessor() == null ? Long.MAX_VALUE : patience;
    }

    private List<Connection> longestWaiting(long now) {
        Map<Client, Integer> connections = new HashMap<>();
        Map<Connection, Long> waiting = new HashMap<>();
        for (Connection connection : all.values()) {
            connections.merge(connection.client(), 1, Integer::sum);
            long waited = connection.waited(now);
            if (waited > 0) {
                waiting.put(connection, waited);
            }
        }
        Comparator<Connection> ofWhoHasMost =
                Comparator.comparing(connection -> connections.getOrDefault(connection.client(), 0));
        List<Connection> sorted = new ArrayList<>(waiting.keySet());
        sorted.sort(ofWhoHasMost.thenComparing(waiting::get).reversed());
        return sorted;
    }

    /** Ends the request that has waited longest for its client and holds memory, if there is one. */
    boolean freeMemory() {
        long now = System.nanoTime();
        Connection longest = null;
        long waited = LONG_ENOUGH_NANOS;
        for (Connection connection : all.values()) {
            long each = held(connection) == 0 ? 0 : connection.waited(now);
            if (each > waited) {
                longest = connection;
                waited = each;
            }
        }
        return longest != null && longest.giveWay();
    }

    private static long held(Connection connection) {
        MemoryBudget.Share share = connection.share();
        return share == null ? 0 : share.held();
    }
}
