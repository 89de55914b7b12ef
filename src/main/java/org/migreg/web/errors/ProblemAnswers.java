package org.migreg.web.errors;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.FieldError;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.problem.ProblemView;
import org.migreg.revision.DatabaseTrouble;
import org.migreg.web.limits.RefusedRequestException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Problems as answers of Spring MVC. */
final class ProblemAnswers {

    private ProblemAnswers() {}

    /** The one builder of such answers: its status, media type, and after how many seconds to try again. */
    static ResponseEntity<ProblemView> answer(ProblemType type, ProblemView problem) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(type.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        switch (type) {
            case BUSY, REVISION_NOT_SHOWN ->
                answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(RefusedRequestException.RETRY_AFTER));
            case DATABASE_UNAVAILABLE -> answer.header(HttpHeaders.RETRY_AFTER, DatabaseTrouble.RETRY_AFTER_SECONDS);
            default -> {}
        }
        return answer.body(problem);
    }

    static ResponseEntity<ProblemView> answer(ProblemType type, @Nullable String detail, HttpServletRequest request) {
        return answer(type, detail, request, null, null);
    }

    static ResponseEntity<ProblemView> answer(
            ProblemType type,
            @Nullable String detail,
            HttpServletRequest request,
            @Nullable String field,
            @Nullable String rejectedValue) {
        return answer(type, problem(type, detail, request, field, rejectedValue));
    }

    static ProblemView problem(
            ProblemType type,
            @Nullable String detail,
            HttpServletRequest request,
            @Nullable String field,
            @Nullable String rejectedValue) {
        return ProblemView.of(
                type, detail == null ? type.title() : detail, request.getRequestURI(), field, rejectedValue);
    }

    static ResponseEntity<ProblemView> invalidField(InvalidFieldException problem, HttpServletRequest request) {
        List<FieldError> errors =
                problem.errors().stream().map(error -> placed(error, request)).toList();
        FieldError first = errors.getFirst();
        ProblemType type = ProblemType.INVALID_FIELD;
        return answer(
                type,
                problem(type, first.detail(), request, first.field(), first.rejectedValue())
                        .withErrors(errors));
    }

    private static FieldError placed(FieldError error, HttpServletRequest request) {
        String rejected = error.rejectedValue();
        String query = request.getQueryString();
        // Debian's releases have a + in them, which a URL reads as a blank.
        if (rejected != null && rejected.contains(" ") && query != null && query.contains("+")) {
            String hint = ". In an address + stands for a blank: write %2B";
            return new FieldError(error.field(), error.pointer(), rejected, error.detail() + hint);
        }
        String type = request.getContentType();
        boolean isOfTheBody = type != null
                && type.startsWith(MediaType.APPLICATION_JSON_VALUE)
                && request.getParameter(error.field()) == null
                && request.getHeader(error.field()) == null;
        return isOfTheBody ? error.inBody() : error;
    }

    static ResponseEntity<ProblemView> withHeaders(HttpHeaders headers, ResponseEntity<ProblemView> answer) {
        return ResponseEntity.status(answer.getStatusCode())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(answer.getBody());
    }

    static boolean isForAPerson(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null
                && accepted.contains(MediaType.TEXT_HTML_VALUE)
                && !request.getServletPath().startsWith("/api/");
    }
}
