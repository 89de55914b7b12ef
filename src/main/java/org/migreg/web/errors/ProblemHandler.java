package org.migreg.web.errors;

import static org.migreg.web.errors.ProblemAnswers.answer;

import jakarta.servlet.http.HttpServletRequest;
import org.migreg.capture.ReadingMemory;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.problem.ProblemView;
import org.migreg.revision.DatabaseTrouble;
import org.migreg.revision.DatabaseUnavailableException;
import org.migreg.web.limits.Refusals;
import org.migreg.web.limits.RefusedRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns what nobody else did into problems: want of room, faults. */
@RestControllerAdvice
@Order
class ProblemHandler {

    /** The order of those that know an exception better. */
    static final int BEFORE_THE_REST = Ordered.LOWEST_PRECEDENCE - 1;

    static final String FAULT = "this is a fault of migreg, not of the request; its log has the details";

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<ProblemView> noRoom(ReadingMemory.ExhaustedException problem, HttpServletRequest request) {
        ProblemType type =
                problem.getCause() instanceof RefusedRequestException refusal ? refusal.type() : ProblemType.BUSY;
        return answer(type, problem.getMessage(), request);
    }

    /** The client went away: there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException problem) {
        LOG.debug("a client went away", problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> other(Exception problem, HttpServletRequest request) {
        if (problem instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            ProblemType type = ProblemType.ofStatus(known.getStatusCode().value());
            String detail = known.getBody().getDetail();
            return answer(type, detail == null ? type.title() : detail, request);
        }
        String contentType = request.getContentType();
        if (problem instanceof IllegalArgumentException && contentType != null && contentType.contains("*")) {
            // Spring's, when it reads the body.
            return answer(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "a body has one media type, such as application/json, and no *",
                    request,
                    HttpHeaders.CONTENT_TYPE,
                    contentType);
        }
        DatabaseUnavailableException unavailable =
                DatabaseUnavailableException.in(problem).orElse(null);
        if (unavailable != null) {
            LOG.warn(
                    "{} {}: {} ({})",
                    request.getMethod(),
                    request.getRequestURI(),
                    unavailable.getMessage(),
                    NestedExceptionUtils.getMostSpecificCause(unavailable).toString());
            ProblemType type = unavailable.trouble() == DatabaseTrouble.FULL
                    ? ProblemType.STORAGE_FULL
                    : ProblemType.DATABASE_UNAVAILABLE;
            return answer(type, unavailable.getMessage(), request);
        }
        RefusedRequestException refusal = Refusals.of(request);
        if (refusal != null) {
            // Whatever a reader made of it.
            return answer(refusal.type(), refusal.getMessage(), request);
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(problem)) {
            LOG.debug("a client went away", problem);
        } else {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), problem);
        }
        return answer(ProblemType.INTERNAL_ERROR, FAULT, request);
    }
}
