package org.migreg.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.migreg.web.SignedIn;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends sessions whose token was revoked, has expired or was changed, and has them follow what an account may do. */
final class LiveSessions extends OncePerRequestFilter {

    private final Credentials credentials;

    LiveSessions(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn then) {
            Authentication now = credentials.stillHolds(then);
            if (now == null) {
                HttpSession session = request.getSession(false);
                if (session != null) {
                    session.invalidate();
                }
                SecurityContextHolder.clearContext();
            } else if (!now.equals(then)) {
                SecurityContextHolder.setContext(new SecurityContextImpl(now));
            }
        }
        chain.doFilter(request, response);
    }
}
