package org.migreg.web.limits;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets requests in, once it is known that their senders may make them: first the body, then the work. Filters for the
 * chains of security.
 */
@Component
public final class Admission {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /** What is asked to see whether the service lives must not wait for room. */
    private static final String HEALTH = "/actuator/health";

    /** How somebody is asked to sign in. */
    @FunctionalInterface
    public interface SignIn {
        void askFor(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private final BodyLimits limits;
    private final Refusals refusals;

    Admission(BodyLimits limits, Refusals refusals) {
        this.limits = limits;
        this.refusals = refusals;
    }

    /** Behind the decision who may do what: reads the body, and then works. */
    public Filter ofPrograms() {
        return new AdmittingFilter() {
            @Override
            void admit(Exchange exchange, HttpServletRequest request, HttpServletResponse response) throws IOException {
                if (WITH_BODY.contains(request.getMethod())) {
                    exchange.admit(limits.of(request.getServletPath()));
                }
                work(exchange, request);
            }
        };
    }

    /**
     * Reads the form of a page, before its secret against forgery is looked for in it. Somebody who is not signed in
     * may send a small one: its page asks to sign in then, with what was typed.
     *
     * @param byAnybody what needs nobody to be signed in
     * @param signIn asks the sender of a form with files, which is not read, to sign in
     */
    public Filter ofForms(RequestMatcher byAnybody, SignIn signIn) {
        return new AdmittingFilter() {
            @Override
            void admit(Exchange exchange, HttpServletRequest request, HttpServletResponse response) throws IOException {
                if (!WITH_BODY.contains(request.getMethod())) {
                    return;
                }
                if (isSignedIn() || byAnybody.matches(request)) {
                    exchange.admit(limits.of(request.getServletPath()));
                } else if (isOfFiles(request)) {
                    signIn.askFor(request, response);
                } else {
                    exchange.admit(limits.ofStrangers());
                }
            }
        };
    }

    /** Behind the decision who may see which page: works. */
    public Filter ofPages() {
        return new AdmittingFilter() {
            @Override
            void admit(Exchange exchange, HttpServletRequest request, HttpServletResponse response) throws IOException {
                work(exchange, request);
            }
        };
    }

    private static void work(Exchange exchange, HttpServletRequest request) throws RefusedRequestException {
        if (!request.getServletPath().startsWith(HEALTH)) {
            exchange.beginWork();
        }
    }

    private static boolean isSignedIn() {
        @Nullable Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.isAuthenticated();
    }

    private static boolean isOfFiles(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private abstract class AdmittingFilter extends OncePerRequestFilter {

        abstract void admit(Exchange exchange, HttpServletRequest request, HttpServletResponse response)
                throws IOException;

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Exchange exchange = Exchange.of(request);
            if (exchange == null) {
                chain.doFilter(request, response);
                return;
            }
            try {
                admit(exchange, request, response);
            } catch (RefusedRequestException refusal) {
                refusals.refuse(request, response, refusal);
                return;
            }
            if (!response.isCommitted() && response.getStatus() < 300) {
                goOn(exchange, request, response, chain);
            }
        }

        private void goOn(
                Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            try {
                ReadingMemory.within(exchange, () -> {
                    chain.doFilter(request, response);
                    return true;
                });
            } catch (IOException | ServletException | RuntimeException failed) {
                throw failed;
            } catch (Exception unexpected) {
                throw new ServletException(unexpected);
            }
        }

        /** Two of these stand in one chain. */
        @Override
        protected String getAlreadyFilteredAttributeName() {
            return getClass().getName() + System.identityHashCode(this);
        }
    }
}
