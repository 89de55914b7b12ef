package org.migreg.api.operation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.migreg.contract.InvalidFieldException;
import org.migreg.revision.RevisionNotShownException;
import org.migreg.revision.RevisionsWritten;
import org.migreg.revision.ShownRevision;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Says with each answer of the API on which revision it rests, and lets a request wait for one: so whoever has written
 * through one instance reads it through any.
 */
@Component
public final class RevisionHeaders implements HandlerInterceptor {

    /** With an answer: everything up to this revision is in it; after a write, what it made. */
    public static final String REVISION = "X-Migreg-Revision";

    /** With a request: the answer must rest on this revision or a later one. */
    public static final String LEAST = "X-Migreg-Min-Revision";

    /** Another instance's write is seen within milliseconds while the database answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ShownRevision shown;

    RevisionHeaders(ShownRevision shown) {
        this.shown = shown;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && OperationMethods.isOperation(method)) {
            String least = request.getHeader(LEAST);
            if (least != null && !shown.await(number(least), PATIENCE)) {
                throw new RevisionNotShownException(number(least), shown.number());
            }
            response.setHeader(REVISION, Long.toString(shown.number()));
        }
        return true;
    }

    private static long number(String least) {
        try {
            long number = Long.parseLong(least);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // Refused below.
        }
        throw new InvalidFieldException(
                LEAST, least, "a revision is a whole number from 0, as " + REVISION + " of an answer has it");
    }

    @EventListener
    void written(RevisionsWritten written) {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                && request.getResponse() != null
                && request.getResponse().containsHeader(REVISION)) {
            request.getResponse().setHeader(REVISION, Long.toString(written.last()));
        }
    }
}
