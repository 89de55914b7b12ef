package org.migreg.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.contract.InvalidFieldException;
import org.migreg.draftstore.NoSuchDraftException;
import org.migreg.history.UnstorableTextException;
import org.migreg.hoststore.NoSuchHostException;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.policystore.MachineTypeExistsException;
import org.migreg.policystore.MachineTypeInUseException;
import org.migreg.question.expectation.NoSuchExpectationException;
import org.migreg.question.side.NoSuchCaptureException;
import org.migreg.revision.DatabaseTrouble;
import org.migreg.revision.DatabaseUnavailableException;
import org.migreg.revision.NoSuchRevisionException;
import org.migreg.revision.StaleVersionException;
import org.migreg.samplestore.NoSuchSampleException;
import org.migreg.web.errors.BrokenParts;
import org.migreg.web.limits.RefusedRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;

/** What a person reads when a page cannot be shown: what was wrong with the question, and what would be right. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before what answers programs
@ControllerAdvice(basePackages = "org.migreg.dashboard")
class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    @ExceptionHandler({InvalidFieldException.class, UnstorableTextException.class})
    ModelAndView invalid(RuntimeException problem) {
        return notAsked(problem.getMessage());
    }

    /** An address with something else where a number belongs. */
    @ExceptionHandler
    ModelAndView mistyped(MethodArgumentTypeMismatchException problem) {
        return notAsked("'" + problem.getName() + "' cannot be read: write a number, such as 7");
    }

    @ExceptionHandler
    ModelAndView missing(MissingServletRequestParameterException problem) {
        return notAsked("'" + problem.getParameterName() + "' is missing from the address");
    }

    /** Tomcat's, when a parameter of the address or of a form is asked for. */
    @ExceptionHandler
    ModelAndView undecodable(InvalidParameterException problem) {
        return notAsked("a parameter cannot be decoded: it must be UTF-8, percent-encoded");
    }

    @ExceptionHandler({UnreadableCaptureException.class, UnreadableTableException.class})
    ModelAndView unreadable(RuntimeException problem) {
        return page(HttpStatus.BAD_REQUEST, "The text cannot be read", problem);
    }

    @ExceptionHandler({
        NoSuchMachineTypeException.class,
        NoSuchEntryException.class,
        NoSuchCaptureException.class,
        NoSuchHostException.class,
        NoSuchRevisionException.class,
        NoSuchDraftException.class,
        NoSuchSampleException.class,
        NoSuchExpectationException.class
    })
    ModelAndView notThere(RuntimeException problem) {
        return page(HttpStatus.NOT_FOUND, "There is no such thing", problem);
    }

    @ExceptionHandler({
        StaleVersionException.class,
        MachineTypeExistsException.class,
        MachineTypeInUseException.class,
        PolicyTable.InvalidTableException.class
    })
    ModelAndView conflict(RuntimeException problem) {
        return page(HttpStatus.CONFLICT, "This cannot be saved", problem);
    }

    @ExceptionHandler
    ModelAndView noRoom(ReadingMemory.ExhaustedException problem) {
        HttpStatus status = problem.getCause() instanceof RefusedRequestException refusal
                ? HttpStatus.valueOf(refusal.type().status())
                : HttpStatus.SERVICE_UNAVAILABLE;
        return page(status, "There is no room for this", problem);
    }

    /** A form with files that ends too soon, or is no such form. */
    @ExceptionHandler
    ModelAndView brokenParts(MultipartException problem, HttpServletRequest request, HttpServletResponse response) {
        RefusedRequestException why = BrokenParts.refusal(problem, request);
        return why == null
                ? other(problem, request, response)
                : page(HttpStatus.valueOf(why.type().status()), why.type().title(), why);
    }

    /** Spring's own: a missing parameter, a wrong method. */
    @ExceptionHandler
    ModelAndView other(Exception problem, HttpServletRequest request, HttpServletResponse response) {
        if (problem instanceof ErrorResponse known) {
            HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
            return page(status, status.getReasonPhrase(), problem);
        }
        DatabaseUnavailableException unavailable =
                DatabaseUnavailableException.in(problem).orElse(null);
        if (unavailable != null) {
            LOG.warn(
                    "page {}: {} ({})",
                    request.getServletPath(),
                    unavailable.getMessage(),
                    NestedExceptionUtils.getMostSpecificCause(unavailable).toString());
            return switch (unavailable.trouble()) {
                case FULL -> page(HttpStatus.INSUFFICIENT_STORAGE, "There is no room left to write", unavailable);
                case BLOCKED, BROKEN, UNAVAILABLE -> {
                    response.setHeader(HttpHeaders.RETRY_AFTER, DatabaseTrouble.RETRY_AFTER_SECONDS);
                    yield page(
                            HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be used at the moment", unavailable);
                }
            };
        }
        LOG.error("page {} failed", request.getServletPath(), problem);
        return page(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something is wrong with migreg",
                "The log of the service says what. Nothing was changed.");
    }

    private static ModelAndView notAsked(@Nullable String why) {
        return page(HttpStatus.BAD_REQUEST, "This cannot be asked like that", why);
    }

    private static ModelAndView page(HttpStatus status, String title, Exception problem) {
        return page(status, title, problem.getMessage());
    }

    private static ModelAndView page(HttpStatus status, String title, @Nullable String message) {
        ModelAndView page = new ModelAndView("error", status);
        page.addObject("title", title);
        page.addObject("message", message);
        return page;
    }
}
