package org.migreg.web.errors;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.problem.ProblemView;
import org.migreg.web.limits.Refusals;
import org.migreg.web.limits.RefusedRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers requests that no controller saw, since a filter or Tomcat itself refused them: people get the page of errors,
 * programs a problem.
 */
@Controller
record ContainerErrors(ProblemWriter problems)
        implements ErrorController, WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerErrors.class);

    @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(HttpServletRequest request) {
        RefusedRequestException refusal = Refusals.of(request);
        HttpStatus status = Objects.requireNonNullElse(
                HttpStatus.resolve(
                        refusal == null ? status(request) : refusal.type().status()),
                HttpStatus.BAD_REQUEST);
        ModelAndView page = new ModelAndView("error", status);
        page.addObject("title", status.getReasonPhrase());
        if (status != HttpStatus.NOT_FOUND) {
            page.addObject(
                    "message", refusal == null ? detail(ProblemType.ofStatus(status.value())) : refusal.getMessage());
        }
        return page;
    }

    @RequestMapping("/error")
    ResponseEntity<ProblemView> problem(HttpServletRequest request) {
        RefusedRequestException refusal = Refusals.of(request);
        ProblemType type = refusal == null ? ProblemType.ofStatus(status(request)) : refusal.type();
        String address = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return ResponseEntity.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemView.of(
                        type,
                        refusal == null ? detail(type) : String.valueOf(refusal.getMessage()),
                        address,
                        null,
                        null));
    }

    /** Where nothing is known of an error, somebody opened this page by its address. */
    private static int status(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? status
                : HttpStatus.NOT_FOUND.value();
    }

    private static String detail(ProblemType type) {
        return switch (type.status()) {
            case 400 ->
                "the address or a header cannot be read, or holds what no address here has: a path must be UTF-8,"
                        + " percent-encoded, without %2F, %5C, %00, // or braces, and headers have at most 8 KiB in all";
            case 500 -> ProblemHandler.FAULT;
            default -> type.title();
        };
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new UnreadRequests(problems)));
    }

    /** In place of Tomcat's own page for requests that reach no application, such as one whose address is malformed. */
    private static final class UnreadRequests extends ErrorReportValve {

        private final ProblemWriter problems;

        UnreadRequests(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                // Without a failure even a 501 or 505 speaks of the request: of its encoding, or its version of HTTP.
                ProblemType type = response.getStatus() >= 500 && failure == null
                        ? ProblemType.MALFORMED_REQUEST
                        : ProblemType.ofStatus(response.getStatus());
                problems.write(request, response, type, detail(type));
                response.finishResponse();
            } catch (IOException gone) {
                LOG.debug("a client went away", gone);
            }
        }
    }
}
