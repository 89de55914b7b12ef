package org.migreg.api.limits;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.migreg.contract.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer: its body arrives, then the service works, then the answer is sent. */
final class Exchange implements ReadingMemory.Budget {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final String ATTRIBUTE = Exchange.class.getName();

    /** What an ordinary request works with; an answer of 750 KB takes as much before it is text. */
    private static final long WORKING = 512 << 10;

    private final Connection connection;
    private final MemoryBudget.Share share;
    private final Request request;
    private final Response response;
    private final long patience;
    private final InputBuffer arriving;
    private final ArrivingBody body;
    private @Nullable HeldAnswer answer;
    private @Nullable RefusedRequestException refusal;

    Exchange(Connection connection, MemoryBudget.Share share, Request request, Response response, long patience) {
        this.connection = connection;
        this.share = share;
        this.request = request;
        this.response = response;
        this.patience = patience;
        var coyoteRequest = request.getCoyoteRequest();
        arriving = coyoteRequest.getInputBuffer();
        body = new ArrivingBody(connection, share, coyoteRequest, arriving, patience);
    }

    static @Nullable Exchange of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Exchange exchange ? exchange : null;
    }

    void begin() {
        connection.beginRequest(share);
        request.setAttribute(ATTRIBUTE, this);
        request.getCoyoteRequest().setInputBuffer(body);
    }

    /** Lets the body in, and reads it. */
    void admit(BodyLimits.Limit limit) throws IOException {
        try {
            body.admit(limit);
        } catch (RefusedRequestException refused) {
            refusal = refused;
            throw refused;
        }
    }

    /** Takes the memory to work with. */
    void beginWork() throws RefusedRequestException {
        try {
            share.take(WORKING);
        } catch (RefusedRequestException refused) {
            refusal = refused;
            throw refused;
        }
    }

    /** Where the answer is to be written. */
    HeldAnswer answer(HttpServletResponse to) {
        HeldAnswer held = new HeldAnswer(to, connection, share, patience);
        answer = held;
        return held;
    }

    /** Why it is not served, if that is so. */
    @Nullable
    RefusedRequestException refusal() {
        return refusal == null ? body.refusal() : refusal;
    }

    void refuse(RefusedRequestException why) {
        refusal = why;
    }

    @Override
    public void take(long bytes) {
        try {
            share.take(bytes);
        } catch (RefusedRequestException refused) {
            throw new ReadingMemory.ExhaustedException(String.valueOf(refused.getMessage()), refused);
        }
    }

    @Override
    public void giveBack(long bytes) {
        share.giveBack(bytes);
    }

    /** Sends the answer; the work on it is done. */
    void send() throws IOException {
        HeldAnswer held = answer;
        if (held != null) {
            share.giveBack(share.held() - held.held());
            connection.beAnswered();
            held.send();
        }
    }

    /** Ends the answer, and leaves the connection as it should be for the next request, or to be closed. */
    void finish() {
        try {
            share.close();
            connection.beAnswered();
            connection.await(
                    () -> {
                        response.finishResponse();
                        return 0;
                    },
                    none -> 0);
            if (!body.isComplete() && isStillSent()) {
                body.passOver();
            }
            if (!body.isComplete()) {
                end();
            }
        } catch (IOException gone) {
            LOG.debug("a client went away", gone);
            end();
        } finally {
            request.getCoyoteRequest().setInputBuffer(arriving);
            connection.endRequest();
        }
    }

    private boolean isStillSent() {
        RefusedRequestException ofTheBody = body.refusal();
        return ofTheBody == null || ofTheBody.type() == ProblemType.BODY_TOO_LARGE;
    }

    private void end() {
        response.getCoyoteResponse().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
}
