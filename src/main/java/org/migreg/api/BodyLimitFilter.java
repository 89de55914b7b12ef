package org.migreg.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.migreg.contract.ProblemType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies larger than {@code migreg.largest-body}, announced or not, before they fill the
 * memory; where a body has a whole table or fleet, {@code migreg.largest-table}
 * counts. Captures are files and are read as they come: they are bounded by their readers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimitFilter extends OncePerRequestFilter {

    /** Thrown while a body is read that turns out too large. */
    static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        BodyTooLargeException(String message) {
            super(message);
        }
    }

    private static final Set<String> TAKING_MUCH =
            Set.of("/api/v1/tables/apply", "/api/v1/tables/import", "/api/v1/impact", "/api/v1/hosts/batch");

    /** A bound with the name of its setting. */
    private record Limit(DataSize size, String setting) {
        String exceeded() {
            return "the body is larger than " + size.toKilobytes() + " KiB: split the request, or raise " + setting;
        }
    }

    private final Limit usual;
    private final Limit ofMuch;
    private final ProblemWriter problems;

    BodyLimitFilter(
            @Value("${migreg.largest-body}") DataSize largestBody,
            @Value("${migreg.largest-table}") DataSize largestTable,
            ProblemWriter problems) {
        this.usual = new Limit(largestBody, "migreg.largest-body");
        this.ofMuch = new Limit(largestTable, "migreg.largest-table");
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/api/v1/captures")
                || path.startsWith("/api/v1/saved-guests")
                || path.startsWith("/captures");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Limit limit = TAKING_MUCH.contains(request.getRequestURI()) ? ofMuch : usual;
        if (request.getContentLengthLong() > limit.size().toBytes()) {
            problems.write(request, response, ProblemType.BODY_TOO_LARGE, limit.exceeded());
            return;
        }
        chain.doFilter(new Limited(request, limit), response);
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final Limit limit;

        Limited(HttpServletRequest request, Limit limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream body = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                private int count(int bytes) throws IOException {
                    read += Math.max(bytes, 0);
                    if (read > limit.size().toBytes()) {
                        throw new BodyTooLargeException(limit.exceeded());
                    }
                    return bytes;
                }

                @Override
                public int read() throws IOException {
                    int next = body.read();
                    count(next < 0 ? 0 : 1);
                    return next;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    return count(body.read(into, offset, length));
                }

                @Override
                public boolean isFinished() {
                    return body.isFinished();
                }

                @Override
                public boolean isReady() {
                    return body.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    body.setReadListener(listener);
                }
            };
        }
    }
}
