package org.migreg.web.security;

import static org.migreg.access.Permission.ADMINISTER;
import static org.migreg.access.Permission.ASK;
import static org.migreg.access.Permission.CAPTURE;
import static org.migreg.access.Permission.CURATE_HOSTS;
import static org.migreg.access.Permission.DRAFT;
import static org.migreg.access.Permission.IDENTIFY;
import static org.migreg.access.Permission.KEEP_SAMPLE;
import static org.migreg.access.Permission.PUBLISH;
import static org.migreg.access.Permission.READ;
import static org.migreg.access.Permission.RECORD_HOST;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.access.Permission;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What each operation needs: the one table from which requests are decided, the contract says its security, and
 * {@code docs/access.md} is made. What reads by {@code GET} needs {@link Permission#READ} unless it has a line of its own;
 * everything else has one, or only an administrator may do it.
 */
public final class OperationTable {

    private static final String V1 = "/api/v1";
    private static final String GET = "GET";
    private static final String POST = "POST";
    private static final String PUT = "PUT";
    private static final String DELETE = "DELETE";

    /** Anybody may have these: nothing in them is about what migreg holds. */
    private static final List<String> OPEN_TO_ALL = List.of(
            "/actuator/health",
            "/actuator/health/**",
            "/login",
            "/logout",
            "/oauth2/**",
            "/login/oauth2/**",
            "/webjars/**",
            "/style/**",
            "/script/**",
            "/favicon.svg",
            "/problems/**",
            "/error");

    private static final List<Line> LINES = List.of(
            line(POST, V1 + "/evaluations", ASK),
            line(POST, V1 + "/evaluations/batch", ASK),
            line(POST, V1 + "/saved-guests/evaluations", ASK),
            line(POST, V1 + "/diagnoses", ASK),
            line(POST, V1 + "/impact", ASK),
            line(POST, V1 + "/advice", ASK),
            line(POST, V1 + "/upgrade-plans", ASK),
            line(GET, V1 + "/caller", IDENTIFY),
            line(POST, V1 + "/captures", CAPTURE),
            line(PUT, V1 + "/hosts/{host}", RECORD_HOST),
            line(DELETE, V1 + "/hosts/{host}", CURATE_HOSTS),
            line(POST, V1 + "/hosts/batch", CURATE_HOSTS),
            line(POST, V1 + "/drafts", DRAFT),
            line(PUT, V1 + "/drafts/{name}", DRAFT),
            line(DELETE, V1 + "/drafts/{name}", DRAFT),
            line(POST, V1 + "/drafts/{name}/rebase", DRAFT),
            line(POST, V1 + "/drafts/{name}/publish", PUBLISH),
            line(POST, V1 + "/machine-types", PUBLISH),
            line(PUT, V1 + "/machine-types/{name}", PUBLISH),
            line(DELETE, V1 + "/machine-types/{name}", PUBLISH),
            line(POST, V1 + "/machine-types/{name}/entries", PUBLISH),
            line(PUT, V1 + "/machine-types/{name}/entries/{id}", PUBLISH),
            line(DELETE, V1 + "/machine-types/{name}/entries/{id}", PUBLISH),
            line(POST, V1 + "/tables/apply", PUBLISH),
            line(POST, V1 + "/tables/import", PUBLISH),
            line(POST, V1 + "/revisions/{number}/revert", PUBLISH),
            line(POST, V1 + "/expectations", PUBLISH),
            line(PUT, V1 + "/expectations/{id}", PUBLISH),
            line(DELETE, V1 + "/expectations/{id}", PUBLISH),
            line(POST, V1 + "/unread-samples", KEEP_SAMPLE),
            line(GET, V1 + "/unread-samples", ADMINISTER),
            line(GET, V1 + "/unread-samples/{id}", ADMINISTER),
            line(DELETE, V1 + "/unread-samples/{id}", ADMINISTER),
            line(POST, V1 + "/backups", ADMINISTER),
            line(GET, V1 + "/accounts", ADMINISTER),
            line(POST, V1 + "/accounts", ADMINISTER),
            line(GET, V1 + "/accounts/{name}", ADMINISTER),
            line(PUT, V1 + "/accounts/{name}", ADMINISTER),
            line(DELETE, V1 + "/accounts/{name}", ADMINISTER),
            line(POST, V1 + "/accounts/{name}/tokens", ADMINISTER),
            line(DELETE, V1 + "/accounts/{name}/tokens/{id}", ADMINISTER),
            // Pages
            line(POST, "/captures/look", ASK),
            line(POST, "/diagnose", ASK),
            line(POST, "/tables/preview", ASK),
            line(POST, "/captures", CAPTURE),
            line(POST, "/samples", KEEP_SAMPLE),
            line(POST, "/drafts", DRAFT),
            line(POST, "/drafts/{name}/description", DRAFT),
            line(POST, "/drafts/{name}/edits/{index}/remove", DRAFT),
            line(POST, "/drafts/{name}/rebase", DRAFT),
            line(POST, "/drafts/{name}/discard", DRAFT),
            line(POST, "/matrix/cell/draft", DRAFT),
            line(POST, "/tables/draft", DRAFT),
            line(POST, "/tables/{name}/edit/draft", DRAFT),
            line(POST, "/tables/{name}/delete/draft", DRAFT),
            line(POST, "/tables/{name}/entries/{id}/draft", DRAFT),
            line(POST, "/tables/{name}/entries/{id}/delete/draft", DRAFT),
            line(POST, "/drafts/{name}/publish", PUBLISH),
            line(POST, "/tables", PUBLISH),
            line(POST, "/tables/{name}/edit", PUBLISH),
            line(POST, "/tables/{name}/delete", PUBLISH),
            line(POST, "/tables/{name}/entries/{id}", PUBLISH),
            line(POST, "/tables/{name}/entries/{id}/delete", PUBLISH),
            line(POST, "/revisions/{number}/undo", PUBLISH),
            line(POST, "/expectations", PUBLISH),
            line(POST, "/expectations/{id}", PUBLISH),
            line(POST, "/expectations/{id}/delete", PUBLISH),
            line(GET, "/samples", ADMINISTER),
            line(GET, "/samples/{id}", ADMINISTER),
            line(POST, "/samples/{id}/delete", ADMINISTER),
            line(GET, "/accounts", ADMINISTER),
            line(GET, "/accounts/{name}", ADMINISTER),
            line(POST, "/accounts", ADMINISTER),
            line(POST, "/accounts/{name}", ADMINISTER),
            line(POST, "/accounts/{name}/delete", ADMINISTER),
            line(POST, "/accounts/{name}/tokens", ADMINISTER),
            line(POST, "/accounts/{name}/tokens/{id}/revoke", ADMINISTER),
            line(GET, "/login/then", IDENTIFY));

    private static final Map<String, List<Line>> BY_METHOD =
            LINES.stream().collect(Collectors.groupingBy(Line::method));

    private static final List<PathPattern> OPEN =
            OPEN_TO_ALL.stream().map(PathPatternParser.defaultInstance::parse).toList();

    private OperationTable() {}

    /**
     * One operation.
     *
     * @param path with a name in braces for each part that differs
     */
    public record Line(String method, String path, Permission permission, PathPattern pattern) {}

    /**
     * What a request needs.
     *
     * @param permission null where anybody may
     * @param host the host that it would record something of; null where there is none in its address
     */
    record Need(@Nullable Permission permission, @Nullable String host) {}

    private static Line line(String method, String path, Permission permission) {
        return new Line(method, path, permission, PathPatternParser.defaultInstance.parse(path));
    }

    /** All that have a line of their own, the API's before the pages'. */
    public static List<Line> lines() {
        return LINES;
    }

    /**
     * What an operation needs.
     *
     * @param path as the contract has it, with names in braces
     */
    public static Permission of(String method, String path) {
        String shape = shape(path);
        return LINES.stream()
                .filter(line ->
                        line.method().equals(method) && shape(line.path()).equals(shape))
                .map(Line::permission)
                .findFirst()
                .orElseGet(() -> unlisted(method));
    }

    private static String shape(String path) {
        return path.replaceAll("\\{[^/]*}", "{}");
    }

    private static Permission unlisted(String method) {
        return method.equals(GET) || method.equals("HEAD") || method.equals("OPTIONS") ? READ : ADMINISTER;
    }

    /** What a request needs. */
    static Need of(HttpServletRequest request) {
        // Encoded, as the addresses of controllers are looked at; the firewall lets nothing ambiguous through.
        String address = request.getRequestURI();
        boolean isSlashed = address.length() > 1 && address.endsWith("/");
        PathContainer path = PathContainer.parsePath(isSlashed ? address.substring(0, address.length() - 1) : address);
        String method = request.getMethod().equals("HEAD") ? GET : request.getMethod();
        for (Line line : BY_METHOD.getOrDefault(method, List.of())) {
            PathPattern.PathMatchInfo match = line.pattern().matchAndExtract(path);
            if (match != null) {
                return new Need(line.permission(), match.getUriVariables().get("host"));
            }
        }
        return OPEN.stream().anyMatch(open -> open.matches(path))
                ? new Need(null, null)
                : new Need(unlisted(method), null);
    }
}
