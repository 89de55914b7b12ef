package org.migreg.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.IOFileUploadException;
import org.apache.tomcat.util.http.fileupload.impl.InvalidContentTypeException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.contract.ConflictView;
import org.migreg.contract.EntityVersion;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ProblemType;
import org.migreg.contract.ProblemView;
import org.migreg.draftstore.DraftClosedException;
import org.migreg.draftstore.DraftExistsException;
import org.migreg.draftstore.NoSuchDraftException;
import org.migreg.history.ExpectedVersion;
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
import org.migreg.registry.draft.NothingToPublishException;
import org.migreg.registry.history.NotRevertibleException;
import org.migreg.registry.publication.BrokenExpectationsException;
import org.migreg.registry.publication.ConflictingChangeException;
import org.migreg.revision.DatabaseTrouble;
import org.migreg.revision.DatabaseUnavailableException;
import org.migreg.revision.NoSuchRevisionException;
import org.migreg.revision.StaleVersionException;
import org.migreg.web.limits.Refusals;
import org.migreg.web.limits.RefusedRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns what goes wrong into problems: the one place where exceptions meet HTTP. */
@RestControllerAdvice
class ProblemHandler {

    static final String FAULT = "this is a fault of migreg, not of the request; its log has the details";

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<ProblemView> invalidField(InvalidFieldException problem, HttpServletRequest request) {
        String rejected = problem.rejectedValue();
        String query = request.getQueryString();
        // Debian's releases have a + in them, which a URL reads as a blank.
        String hint = rejected != null && rejected.contains(" ") && query != null && query.contains("+")
                ? ". In an address + stands for a blank: write %2B"
                : "";
        return answer(ProblemType.INVALID_FIELD, problem.getMessage() + hint, request, problem.field(), rejected);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unstorable(UnstorableTextException problem, HttpServletRequest request) {
        return answer(ProblemType.INVALID_FIELD, problem.getMessage(), request, problem.field(), null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unresolved(UnresolvedReferenceException problem, HttpServletRequest request) {
        return answer(
                ProblemType.UNRESOLVED_REFERENCE,
                problem.getMessage(),
                request,
                problem.field(),
                problem.rejectedValue());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unreadableCapture(UnreadableCaptureException problem, HttpServletRequest request) {
        String file = problem.file();
        String where = problem.position() < 0 ? "" : " (at byte " + problem.position() + ")";
        String readAs = "read as " + problem.format() + where + ": " + problem.getMessage();
        return file == null
                ? answer(ProblemType.UNREADABLE_CAPTURE, readAs, request, null, null)
                : answer(ProblemType.UNREADABLE_CAPTURE, file + ", " + readAs, request, "file", file);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unreadableTable(UnreadableTableException problem, HttpServletRequest request) {
        UnreadableTableException.Problem first = problem.problems().getFirst();
        ResponseEntity<ProblemView> answer = first.pointer().isEmpty()
                ? answer(ProblemType.MALFORMED_REQUEST, problem.getMessage(), request, null, null)
                : answer(ProblemType.INVALID_FIELD, problem.getMessage(), request, first.pointer(), null);
        ProblemView view = answer.getBody();
        return view == null
                ? answer
                : ResponseEntity.status(answer.getStatusCode())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(view.at(first.line(), first.column()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noMachineType(NoSuchMachineTypeException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_MACHINE_TYPE, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noEntry(NoSuchEntryException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_ENTRY, problem.getMessage(), request, "id", String.valueOf(problem.id()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noCapture(NoSuchCaptureException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_CAPTURE, problem.getMessage(), request, "id", problem.id());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noHost(NoSuchHostException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_HOST, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noDraft(NoSuchDraftException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_DRAFT, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> draftExists(DraftExistsException problem, HttpServletRequest request) {
        return answer(ProblemType.DRAFT_EXISTS, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> draftClosed(DraftClosedException problem, HttpServletRequest request) {
        return answer(ProblemType.DRAFT_CLOSED, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> nothingToPublish(NothingToPublishException problem, HttpServletRequest request) {
        return answer(ProblemType.NOTHING_TO_CHANGE, problem.getMessage(), request, null, null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noExpectation(NoSuchExpectationException problem, HttpServletRequest request) {
        return answer(
                ProblemType.UNKNOWN_EXPECTATION, problem.getMessage(), request, "id", String.valueOf(problem.id()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> broken(BrokenExpectationsException problem, HttpServletRequest request) {
        ProblemType type = ProblemType.EXPECTATION_BROKEN;
        return ResponseEntity.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemView.of(type, String.valueOf(problem.getMessage()), request.getRequestURI(), null, null)
                        .withExpectations(Expectations.views(problem.broken())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> notRevertible(NotRevertibleException problem, HttpServletRequest request) {
        return answer(ProblemType.NOTHING_TO_CHANGE, problem.getMessage(), request, null, null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> conflicting(ConflictingChangeException problem, HttpServletRequest request) {
        ProblemType type = ProblemType.CONFLICTING_CHANGE;
        return ResponseEntity.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemView.of(type, String.valueOf(problem.getMessage()), request.getRequestURI(), null, null)
                        .withConflicts(problem.conflicts().stream()
                                .map(conflict -> ConflictView.of(conflict.conflict(), conflict.revision()))
                                .toList()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noRevision(NoSuchRevisionException problem, HttpServletRequest request) {
        return answer(
                ProblemType.UNKNOWN_REVISION,
                problem.getMessage(),
                request,
                "revision",
                String.valueOf(problem.number()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> exists(MachineTypeExistsException problem, HttpServletRequest request) {
        return answer(ProblemType.MACHINE_TYPE_EXISTS, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> inUse(MachineTypeInUseException problem, HttpServletRequest request) {
        return answer(ProblemType.MACHINE_TYPE_IN_USE, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> stale(StaleVersionException problem, HttpServletRequest request) {
        String expected = problem.expected() instanceof ExpectedVersion.Exactly(long version)
                ? new EntityVersion(version).etag()
                : "*";
        return answer(ProblemType.STALE_VERSION, problem.getMessage(), request, "If-Match", expected);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noPrecondition(
            WriteHeaders.MissingPreconditionException problem, HttpServletRequest request) {
        return answer(ProblemType.PRECONDITION_REQUIRED, problem.getMessage(), request, "If-Match", null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> invalidTable(PolicyTable.InvalidTableException problem, HttpServletRequest request) {
        return switch (problem.reason()) {
            case UNKNOWN_PARENT ->
                answer(ProblemType.UNKNOWN_PARENT, problem.getMessage(), request, "inheritsFrom", null);
            case CYCLE -> answer(ProblemType.INHERITANCE_CYCLE, problem.getMessage(), request, "inheritsFrom", null);
            case UNKNOWN_MACHINE_TYPE ->
                answer(ProblemType.UNKNOWN_MACHINE_TYPE, problem.getMessage(), request, "name", null);
            case DUPLICATE_ENTRY ->
                answer(ProblemType.DUPLICATE_ENTRY, problem.getMessage(), request, "register", null);
        };
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unreadable(HttpMessageNotReadableException problem, HttpServletRequest request) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case InvalidFieldException invalid -> {
                    return invalidField(invalid, request);
                }
                case UnrecognizedPropertyException unknown -> {
                    return answer(
                            ProblemType.INVALID_FIELD,
                            "there is no field '" + unknown.getPropertyName() + "' here: known are "
                                    + unknown.getKnownPropertyIds(),
                            request,
                            path(unknown),
                            null);
                }
                case MismatchedInputException mismatched -> {
                    return answer(
                            ProblemType.INVALID_FIELD,
                            "'" + path(mismatched) + "' has the wrong JSON type: " + expected(mismatched)
                                    + " belongs there",
                            request,
                            path(mismatched),
                            null);
                }
                case StreamConstraintsException constraint -> {
                    return answer(
                            ProblemType.MALFORMED_REQUEST,
                            "the JSON exceeds what is read: " + constraint.getOriginalMessage(),
                            request,
                            null,
                            null);
                }
                case JacksonException malformed -> {
                    var at = malformed.getLocation();
                    return answer(
                            ProblemType.MALFORMED_REQUEST,
                            "the body is not well-formed JSON"
                                    + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                                    + ": " + withoutSource(malformed.getOriginalMessage()),
                            request,
                            null,
                            null);
                }
                default -> {}
            }
        }
        return answer(
                ProblemType.MALFORMED_REQUEST,
                "the body is missing or cannot be read: send one, in a format that this takes",
                request,
                null,
                null);
    }

    /** Jackson appends where an object began, in its own terms. */
    private static String withoutSource(String message) {
        int at = message.indexOf(" (start marker");
        int source = at < 0 ? message.indexOf("\n") : at;
        return source < 0 ? message : message.substring(0, source);
    }

    private static String path(JacksonException problem) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : problem.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String expected(MismatchedInputException problem) {
        Class<?> type = problem.getTargetType();
        if (type == null) {
            return "another type";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        return java.util.Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> wrongType(MethodArgumentTypeMismatchException problem, HttpServletRequest request) {
        Class<?> type = problem.getRequiredType();
        String wanted = type == Boolean.class || type == boolean.class ? "true or false" : "a whole number";
        return answer(
                ProblemType.INVALID_FIELD,
                "'" + problem.getName() + "' must be " + wanted,
                request,
                problem.getName(),
                Objects.toString(problem.getValue(), null));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> notBound(MethodArgumentNotValidException problem, HttpServletRequest request) {
        var wrong = problem.getFieldError();
        return answer(
                ProblemType.INVALID_FIELD,
                wrong == null
                        ? "a parameter cannot be read"
                        : "'" + wrong.getField() + "' has a value of the wrong type",
                request,
                wrong == null ? null : wrong.getField(),
                wrong == null ? null : Objects.toString(wrong.getRejectedValue(), null));
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
                request,
                null,
                null);
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
                        request,
                        null,
                        null));
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
                        request,
                        null,
                        null);
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
                request,
                null,
                null);
    }

    /** A body of parts that ends too soon, has too many, or is no such body. No controller is known yet, nor a page. */
    @ExceptionHandler
    Object noParts(MultipartException problem, HttpServletRequest request) {
        RefusedRequestException why = refusal(problem, request);
        if (why == null) {
            return other(problem, request);
        }
        if (isForAPerson(request)) {
            ModelAndView page =
                    new ModelAndView("error", HttpStatus.valueOf(why.type().status()));
            page.addObject("title", why.type().title());
            page.addObject("message", why.getMessage());
            return page;
        }
        return answer(why.type(), why.getMessage(), request, null, null);
    }

    private static @Nullable RefusedRequestException refusal(MultipartException problem, HttpServletRequest request) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SizeException tooMuch -> {
                    return new RefusedRequestException(
                            ProblemType.BODY_TOO_LARGE,
                            "the headers of the parts, or the fields beside the files, are too large: "
                                    + tooMuch.getMessage());
                }
                case FileCountLimitExceededException tooMany -> {
                    return new RefusedRequestException(
                            ProblemType.BODY_TOO_LARGE,
                            "the body has more than " + tooMany.getLimit()
                                    + " parts: send the files in several requests");
                }
                case InvalidContentTypeException unknown -> {
                    return new RefusedRequestException(
                            ProblemType.MALFORMED_REQUEST,
                            "the Content-Type of a body of parts is multipart/form-data; boundary=TEXT, and not "
                                    + request.getContentType());
                }
                case InvalidFileNameException unusable -> {
                    return new RefusedRequestException(
                            ProblemType.MALFORMED_REQUEST,
                            "the name of a file has a character that no name has: " + unusable.getName());
                }
                case IOFileUploadException failed -> {
                    // Of the disk, or of the connection, which is asked below.
                }
                case FileUploadException malformed -> {
                    return new RefusedRequestException(
                            ProblemType.MALFORMED_REQUEST,
                            "the body's parts cannot be told apart: " + malformed.getMessage());
                }
                case MultipartStream.MalformedStreamException malformed -> {
                    return new RefusedRequestException(
                            ProblemType.MALFORMED_REQUEST,
                            "the body's parts cannot be told apart: " + malformed.getMessage());
                }
                default -> {}
            }
        }
        return Refusals.of(request);
    }

    private static boolean isForAPerson(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null
                && accepted.contains(MediaType.TEXT_HTML_VALUE)
                && !request.getServletPath().startsWith("/api/");
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noRoom(ReadingMemory.ExhaustedException problem, HttpServletRequest request) {
        ProblemType type =
                problem.getCause() instanceof RefusedRequestException refusal ? refusal.type() : ProblemType.BUSY;
        return answer(type, problem.getMessage(), request, null, null);
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
            return answer(type, detail == null ? type.title() : detail, request, null, null);
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
            return unavailable(unavailable, request);
        }
        RefusedRequestException refusal = Refusals.of(request);
        if (refusal != null) {
            // Whatever a reader made of it.
            return answer(refusal.type(), refusal.getMessage(), request, null, null);
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(problem)) {
            LOG.debug("a client went away", problem);
        } else {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), problem);
        }
        return answer(ProblemType.INTERNAL_ERROR, FAULT, request, null, null);
    }

    private static ResponseEntity<ProblemView> unavailable(
            DatabaseUnavailableException problem, HttpServletRequest request) {
        return switch (problem.trouble()) {
            case FULL -> answer(ProblemType.STORAGE_FULL, problem.getMessage(), request, null, null);
            case BLOCKED, BROKEN, UNAVAILABLE -> {
                HttpHeaders headers = new HttpHeaders();
                headers.set(HttpHeaders.RETRY_AFTER, DatabaseTrouble.RETRY_AFTER_SECONDS);
                yield withHeaders(
                        headers, answer(ProblemType.DATABASE_UNAVAILABLE, problem.getMessage(), request, null, null));
            }
        };
    }

    private static ResponseEntity<ProblemView> withHeaders(HttpHeaders headers, ResponseEntity<ProblemView> answer) {
        return ResponseEntity.status(answer.getStatusCode())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(answer.getBody());
    }

    private static ResponseEntity<ProblemView> answer(
            ProblemType type,
            @Nullable String detail,
            HttpServletRequest request,
            @Nullable String field,
            @Nullable String rejectedValue) {
        ProblemView problem = ProblemView.of(
                type, detail == null ? type.title() : detail, request.getRequestURI(), field, rejectedValue);
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(type.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (type == ProblemType.BUSY) {
            answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(RefusedRequestException.RETRY_AFTER));
        }
        return answer.body(problem);
    }
}
