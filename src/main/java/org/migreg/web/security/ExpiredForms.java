package org.migreg.web.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A form that was sent after its session had ended, or after somebody had signed in anew elsewhere, is not taken: its
 * sender comes back to the page with what was typed, signing in where needed, and can send it again.
 */
final class ExpiredForms implements AccessDeniedHandler {

    /** What servers and browsers take for an address at the least. */
    private static final int LONGEST_ADDRESS = 6000;

    private static final Set<String> NOT_TYPED = Set.of("_csrf", "token", "to", "version", "draftVersion");

    private final AccessDeniedHandler others = new AccessDeniedHandlerImpl();
    private final Consumer<HttpServletRequest> audit;

    ExpiredForms(Consumer<HttpServletRequest> audit) {
        this.audit = audit;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException, ServletException {
        if (!(refused instanceof CsrfException)) {
            audit.accept(request);
            others.handle(request, response, refused);
        } else if (request.getServletPath().startsWith("/log")) {
            response.sendRedirect("/login");
        } else {
            Map<String, String[]> typed = new LinkedHashMap<>(request.getParameterMap());
            typed.keySet().removeAll(NOT_TYPED);
            String page = pageOfTheForm(request, typed.keySet());
            String withAll = address(page, typed);
            response.sendRedirect(withAll.length() <= LONGEST_ADDRESS ? withAll : address(page, Map.of()));
        }
    }

    /** Of a form that has not been read: back to its page, with nothing of what was typed. */
    static void signInFirst(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(address(pageOfTheForm(request, Set.of()), Map.of()));
    }

    /**
     * The page that the browser says it was on, if that is one of ours; else the address that the form went to.
     *
     * @param typed what of its address the form says anew
     */
    private static String pageOfTheForm(HttpServletRequest request, Set<String> typed) {
        try {
            URI page = URI.create(String.valueOf(request.getHeader("Referer")));
            String path = page.getRawPath();
            if (path != null
                    && request.getServerName().equals(page.getHost())
                    && request.getServerPort() == port(page)) {
                String query = Stream.of(String.valueOf(page.getRawQuery()).split("&", -1))
                        .filter(parameter -> parameter.contains("=")
                                && !typed.contains(parameter.substring(0, parameter.indexOf('='))))
                        .collect(Collectors.joining("&"));
                return query.isEmpty() ? path : path + "?" + query;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Then it says nothing.
        }
        return request.getServletPath();
    }

    private static int port(URI page) {
        if (page.getPort() >= 0) {
            return page.getPort();
        }
        return "https".equals(page.getScheme()) ? 443 : 80;
    }

    private static String address(String page, Map<String, String[]> typed) {
        UriComponentsBuilder address =
                UriComponentsBuilder.fromPath("/login/then").queryParam("to", "{to}");
        Map<String, Object> values = new HashMap<>(Map.of("to", page));
        typed.forEach((field, given) -> {
            for (String value : given) {
                String name = "v" + values.size();
                address.queryParam(field, "{" + name + "}");
                values.put(name, value);
            }
        });
        return address.encode().buildAndExpand(values).toUriString();
    }
}
