package org.migreg.api.limits;

import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tomcat's HTTP/1.1, whose connections are known by how long they let the service wait. Tomcat makes it by its name. */
public final class PatientProtocol extends Http11NioProtocol {

    private static final long SELDOM_MILLIS = 500;
    private static final long OFTEN_MILLIS = 10;

    private @Nullable Connections connections;
    private @Nullable Thread tidying;

    public PatientProtocol() {
        Watching<NioChannel> handler = new Watching<>(this);
        setHandler(handler);
        getEndpoint().setHandler(handler);
        // A channel that is used anew could be closed for what it was before.
        getEndpoint().getSocketProperties().setBufferPool(0);
    }

    void watch(Connections all) {
        connections = all;
    }

    @Override
    public void start() throws Exception {
        super.start();
        Connections all = connections;
        if (all != null) {
            tidying = Thread.ofPlatform().daemon().name("connections").start(() -> tidy(all));
        }
    }

    @Override
    public void stop() throws Exception {
        if (tidying != null) {
            tidying.interrupt();
        }
        super.stop();
    }

    private void tidy(Connections all) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(all.tidy(getEndpoint().getConnections()) ? OFTEN_MILLIS : SELDOM_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Watching<S> extends AbstractProtocol.ConnectionHandler<S> {

        private final PatientProtocol protocol;

        @SuppressWarnings("unchecked") // a handler is typed by its protocol's channels
        Watching(PatientProtocol protocol) {
            super((AbstractProtocol<S>) protocol);
            this.protocol = protocol;
        }

        @Override
        public SocketState process(SocketWrapperBase<S> socket, SocketEvent event) {
            Connections all = protocol.connections;
            if (all == null || socket == null) {
                return super.process(socket, event);
            }
            Connection connection = all.of(socket);
            try {
                return connection.begin() ? served(socket, event, connection) : SocketState.CLOSED;
            } finally {
                if (socket.isClosed()) {
                    all.forget(socket);
                }
            }
        }

        private SocketState served(SocketWrapperBase<S> socket, SocketEvent event, Connection connection) {
            SocketState state = SocketState.CLOSED;
            try {
                state = ScopedValue.where(Connection.CURRENT, connection).call(() -> super.process(socket, event));
                return state;
            } finally {
                connection.end(state != SocketState.LONG);
            }
        }

        @Override
        public void release(SocketWrapperBase<S> socket) {
            Connections all = protocol.connections;
            if (all != null) {
                all.forget(socket);
            }
            super.release(socket);
        }
    }
}
