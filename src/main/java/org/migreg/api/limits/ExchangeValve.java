package org.migreg.api.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/** Makes an exchange of every request, before anything can read its body. */
final class ExchangeValve extends ValveBase {

    /** How many parts of an address name the resource, as in /api/v1/captures. */
    private static final int RESOURCE = 3;

    private final MemoryBudget memory;
    private final long patience;

    ExchangeValve(MemoryBudget memory, long patience) {
        super(true);
        this.memory = memory;
        this.patience = patience;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!Connection.CURRENT.isBound()) {
            getNext().invoke(request, response);
            return;
        }
        Connection connection = Connection.CURRENT.get();
        MemoryBudget.Share share = memory.share(connection.client(), operation(request.getDecodedRequestURI()));
        Exchange exchange = new Exchange(connection, share, request, response, patience);
        exchange.begin();
        try {
            getNext().invoke(request, response);
        } finally {
            exchange.finish();
        }
    }

    /** The resource, without the name of which one. */
    private static MemoryBudget.Operation operation(@Nullable String path) {
        if (path == null) {
            return new MemoryBudget.Operation("");
        }
        int end = 0;
        for (int i = 0; i < RESOURCE && end >= 0; i++) {
            end = path.indexOf('/', end + 1);
        }
        return new MemoryBudget.Operation(end < 0 ? path : path.substring(0, end));
    }
}
