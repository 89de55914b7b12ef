package org.migreg.web.security;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.migreg.web.SignedIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Says in the log, under {@code org.migreg.audit}, who was let in, and what was refused to whom. No credential and no query is in
 * it, and what a client chose is shown without characters that could begin another line.
 */
@Component
class Audit {

    private static final Logger LOG = LoggerFactory.getLogger("org.migreg.audit");
    private static final int LONGEST = 300;

    private final MeterRegistry meters;

    Audit(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Somebody may not do what he asked for. */
    void denied(HttpServletRequest request, String why) {
        meters.counter("migreg.denied", "reason", "permission").increment();
        told(LOG.atWarn(), request).log("denied: {}", plain(why));
    }

    /** A credential was shown that nobody is known by. */
    void wrongCredential(HttpServletRequest request, @Nullable String why) {
        meters.counter("migreg.denied", "reason", "credential").increment();
        told(LOG.atWarn(), request).log("wrong credential: {}", plain(String.valueOf(why)));
    }

    /** Somebody signed in on the pages. */
    void signedIn(HttpServletRequest request, SignedIn who) {
        told(LOG.atInfo(), request)
                .addKeyValue("user.name", plain(who.getName()))
                .log("signed in by {}: {}", who.proof(), plain(who.getName()));
    }

    private static LoggingEventBuilder told(LoggingEventBuilder event, HttpServletRequest request) {
        LoggingEventBuilder told = event.addKeyValue("client.address", request.getRemoteAddr())
                .addKeyValue("http.request.method", plain(request.getMethod()))
                .addKeyValue("url.path", plain(request.getRequestURI()));
        return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn who
                ? told.addKeyValue("user.name", plain(who.getName()))
                : told;
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '\uFFFD' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
