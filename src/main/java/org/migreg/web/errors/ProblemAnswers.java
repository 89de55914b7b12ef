package org.migreg.web.errors;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.FieldError;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.problem.ProblemView;
import org.migreg.web.limits.RefusedRequestException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Problems as answers of Spring MVC. */
final class ProblemAnswers {

    private ProblemAnswers() {}

    static ResponseEntity<ProblemView> answer(
            ProblemType type,
            @Nullable String detail,
            HttpServletRequest request,
            @Nullable String field,
            @Nullable String rejectedValue) {
        ProblemView problem = ProblemView.of(
                type, detail == null ? type.title() : detail, request.getRequestURI(), field, rejectedValue);
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(type.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (type == ProblemType.BUSY || type == ProblemType.REVISION_NOT_SHOWN) {
            answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(RefusedRequestException.RETRY_AFTER));
        }
        return answer.body(problem);
    }

    static ResponseEntity<ProblemView> invalidField(InvalidFieldException problem, HttpServletRequest request) {
        List<FieldError> errors =
                problem.errors().stream().map(error -> placed(error, request)).toList();
        FieldError first = errors.getFirst();
        ProblemView view = ProblemView.of(
                        ProblemType.INVALID_FIELD,
                        first.detail(),
                        request.getRequestURI(),
                        first.field(),
                        first.rejectedValue())
                .withErrors(errors);
        return ResponseEntity.status(ProblemType.INVALID_FIELD.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(view);
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
