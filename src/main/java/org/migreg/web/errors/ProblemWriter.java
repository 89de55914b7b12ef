package org.migreg.web.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.problem.ProblemView;
import org.migreg.web.limits.Refusals;
import org.migreg.web.limits.RefusedRequestException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller is reached: in filters. */
@Component
public class ProblemWriter implements Refusals {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void refuse(HttpServletRequest request, HttpServletResponse response, RefusedRequestException refusal)
            throws IOException {
        if (refusal.type() == ProblemType.BUSY) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, RefusedRequestException.RETRY_AFTER);
        }
        if (request.getServletPath().startsWith("/api/")) {
            write(request, response, refusal.type(), String.valueOf(refusal.getMessage()));
        } else {
            // To the page of errors, or a problem for a program.
            response.sendError(refusal.type().status());
        }
    }

    public void write(HttpServletRequest request, HttpServletResponse response, ProblemType type, String detail)
            throws IOException {
        response.setStatus(type.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        ProblemView problem = ProblemView.of(type, detail, request.getRequestURI(), null, null);
        response.getOutputStream().write(json.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8));
    }
}
