package org.migreg.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.migreg.contract.ProblemType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies larger than {@code migreg.largest-body}, announced or not, before they fill the
 * memory. Captures are files and are read as they come: they are bounded by their readers.
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

    private final DataSize largest;
    private final ProblemWriter problems;

    BodyLimitFilter(@Value("${migreg.largest-body}") DataSize largest, ProblemWriter problems) {
        this.largest = largest;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/v1/captures");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > largest.toBytes()) {
            problems.write(request, response, ProblemType.BODY_TOO_LARGE, tooLarge());
            return;
        }
        chain.doFilter(new Limited(request), response);
    }

    private String tooLarge() {
        return "the body is larger than " + largest.toKilobytes()
                + " KiB: split the request, or raise migreg.largest-body";
    }

    private final class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream body = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                private int count(int bytes) throws IOException {
                    read += Math.max(bytes, 0);
                    if (read > largest.toBytes()) {
                        throw new BodyTooLargeException(tooLarge());
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
