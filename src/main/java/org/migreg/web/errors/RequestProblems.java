package org.migreg.web.errors;

import static org.migreg.web.errors.ProblemAnswers.answer;
import static org.migreg.web.errors.ProblemAnswers.isForAPerson;
import static org.migreg.web.errors.ProblemAnswers.withHeaders;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.FieldError;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.problem.ProblemView;
import org.migreg.web.limits.RefusedRequestException;
import org.springframework.beans.BeanInstantiationException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/** Requests that cannot be read, or have no address, as problems. */
@RestControllerAdvice
@Order(ProblemHandler.BEFORE_THE_REST)
class RequestProblems {

    private final ProblemHandler others;

    RequestProblems(ProblemHandler others) {
        this.others = others;
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unreadable(HttpMessageNotReadableException problem, HttpServletRequest request) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StreamConstraintsException constraint -> {
                    return answer(
                            ProblemType.MALFORMED_REQUEST,
                            "the JSON exceeds what is read: " + constraint.getOriginalMessage(),
                            request);
                }
                case JacksonException malformed -> {
                    var at = malformed.getLocation();
                    return answer(
                            ProblemType.MALFORMED_REQUEST,
                            "the body is not well-formed JSON"
                                    + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                                    + ": " + withoutSource(malformed.getOriginalMessage()),
                            request);
                }
                default -> {}
            }
        }
        return answer(
                ProblemType.MALFORMED_REQUEST,
                "the body is missing or cannot be read: send one, in a format that this takes",
                request);
    }

    /** Jackson appends where an object began, in its own terms. */
    private static String withoutSource(String message) {
        int at = message.indexOf(" (start marker");
        int source = at < 0 ? message.indexOf("\n") : at;
        return source < 0 ? message : message.substring(0, source);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> wrongType(MethodArgumentTypeMismatchException problem, HttpServletRequest request) {
        return ProblemAnswers.invalidField(
                new InvalidFieldException(List.of(parameter(problem.getName(), problem.getValue(), problem))), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> notBound(MethodArgumentNotValidException problem, HttpServletRequest request) {
        List<FieldError> errors = problem.getFieldErrors().stream()
                .map(error -> parameter(
                        error.getField(),
                        error.getRejectedValue(),
                        error.contains(TypeMismatchException.class) ? error.unwrap(TypeMismatchException.class) : null))
                .toList();
        return ProblemAnswers.invalidField(new InvalidFieldException(errors), request);
    }

    /** What the constructor of a record of parameters refuses. */
    @ExceptionHandler
    ResponseEntity<ProblemView> notMade(BeanInstantiationException problem, HttpServletRequest request) {
        if (problem.getCause() instanceof InvalidFieldException refused) {
            return ProblemAnswers.invalidField(refused, request);
        }
        throw problem;
    }

    /** A parameter whose text is no value of its type. */
    private static FieldError parameter(String name, @Nullable Object value, @Nullable TypeMismatchException mismatch) {
        Class<?> type = mismatch == null ? null : mismatch.getRequiredType();
        String given = value instanceof Object[] several
                ? Arrays.stream(several).map(String::valueOf).collect(Collectors.joining(", "))
                : Objects.toString(value, null);
        if (type == Boolean.class || type == boolean.class) {
            return new FieldError(name, null, given, "'" + name + "' must be true or false");
        }
        if (mismatch == null || type == null || Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return new FieldError(name, null, given, "'" + name + "' must be a whole number");
        }
        Throwable refused = mismatch.getMostSpecificCause();
        return new FieldError(name, null, given, String.valueOf(refused.getMessage()));
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemView> noResource(
            NoResourceFoundException problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (isForAPerson(request)) {
            response.sendError(HttpStatus.NOT_FOUND.value());
            return null;
        }
        return answer(
                ProblemType.NOT_FOUND,
                "nothing is at " + request.getRequestURI()
                        + ": the API is under /api/v1, its description at /swagger-ui.html",
                request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> wrongMethod(
            HttpRequestMethodNotSupportedException problem, HttpServletRequest request) {
        var allowed = problem.getSupportedHttpMethods();
        return withHeaders(
                problem.getHeaders(),
                answer(
                        ProblemType.METHOD_NOT_ALLOWED,
                        problem.getMethod() + " is not possible here; possible are "
                                + (allowed == null ? "none" : allowed),
                        request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> wrongMediaType(HttpMediaTypeNotSupportedException problem, HttpServletRequest request) {
        return withHeaders(
                problem.getHeaders(),
                answer(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "the media type " + problem.getContentType() + " is not understood here; send one of "
                                + problem.getSupportedMediaTypes(),
                        request,
                        "Content-Type",
                        Objects.toString(problem.getContentType(), null)));
    }

    /** Spring Security's, when parameters are asked for that have characters which none here has. */
    @ExceptionHandler
    ResponseEntity<ProblemView> rejected(RequestRejectedException problem, HttpServletRequest request) {
        String type = request.getContentType();
        // A text that was sent as a form, which curl says of every body unless told otherwise.
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                ? answer(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "the body is no form: send Content-Type: application/json, or what else is taken here",
                        request,
                        "Content-Type",
                        type)
                : answer(
                        ProblemType.MALFORMED_REQUEST,
                        "the name of a parameter or a header has characters that none here has, such as control characters",
                        request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> notAcceptable(HttpMediaTypeNotAcceptableException problem, HttpServletRequest request) {
        return answer(
                ProblemType.NOT_ACCEPTABLE,
                "possible are " + problem.getSupportedMediaTypes(),
                request,
                "Accept",
                request.getHeader(HttpHeaders.ACCEPT));
    }

    /** Tomcat's, when a parameter of the address or of a form is asked for. */
    @ExceptionHandler
    ResponseEntity<ProblemView> undecodable(InvalidParameterException problem, HttpServletRequest request) {
        return answer(
                ProblemType.MALFORMED_REQUEST,
                "a parameter cannot be decoded: its name and value must be UTF-8, percent-encoded",
                request);
    }

    /** A body of parts that ends too soon, has too many, or is no such body. No controller is known yet, nor a page. */
    @ExceptionHandler
    Object noParts(MultipartException problem, HttpServletRequest request) {
        RefusedRequestException why = BrokenParts.refusal(problem, request);
        if (why == null) {
            return others.other(problem, request);
        }
        if (isForAPerson(request)) {
            ModelAndView page =
                    new ModelAndView("error", HttpStatus.valueOf(why.type().status()));
            page.addObject("title", why.type().title());
            page.addObject("message", why.getMessage());
            return page;
        }
        return answer(why.type(), why.getMessage(), request);
    }
}
