package org.migreg.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.problem.ProblemType;
import org.migreg.web.SignedIn;
import org.migreg.web.errors.ProblemWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what one caller asks of this instance: an account, a person who signed in, or, of those who show nothing, an address.
 * Whoever asks over loopback without a credential is not bounded. Right credentials are taken however many wrong ones come from
 * their address.
 */
@Component
class RateLimits {

    private static final int MOST_CALLERS = 100_000;

    private final AccessSettings settings;
    private final ProblemWriter problems;
    private final Cache<String, Bucket> requests = buckets();
    private final Cache<String, Bucket> wrongCredentials = buckets();

    RateLimits(AccessSettings settings, ProblemWriter problems) {
        this.settings = settings;
        this.problems = problems;
    }

    private static Cache<String, Bucket> buckets() {
        return Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterAccess(Duration.ofMinutes(2))
                .build();
    }

    /** Behind the filters that find out who asks. */
    OncePerRequestFilter ofRequests() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                String who = caller(request);
                if (who == null || settings.requestsPerSecond() <= 0) {
                    chain.doFilter(request, response);
                    return;
                }
                ConsumptionProbe probe = requests.get(
                                who, first -> bucket(settings.requestsPerSecond(), Duration.ofSeconds(1)))
                        .tryConsumeAndReturnRemaining(1);
                if (probe.isConsumed()) {
                    chain.doFilter(request, response);
                } else {
                    refuse(
                            request,
                            response,
                            TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1,
                            "more than " + settings.requestsPerSecond()
                                    + " requests a second came from the same caller: ask less often, or for many at once");
                }
            }
        };
    }

    private static @Nullable String caller(HttpServletRequest request) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn who) {
            return who.proof() + " " + who.getName();
        }
        return LoopbackTrust.isLoopback(request.getRemoteAddr()) ? null : request.getRemoteAddr();
    }

    private static Bucket bucket(int count, Duration time) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(count).refillGreedy(count, time))
                .build();
    }

    /** Whether another wrong credential may be answered as what it is. */
    boolean mayShowAnotherWrongOne(HttpServletRequest request) {
        return settings.wrongCredentialsPerMinute() <= 0
                || wrongCredentials
                        .get(
                                request.getRemoteAddr(),
                                first -> bucket(settings.wrongCredentialsPerMinute(), Duration.ofMinutes(1)))
                        .tryConsume(1);
    }

    /** Answers too many wrong ones. */
    void refuseWrongOnes(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(
                request,
                response,
                TimeUnit.MINUTES.toSeconds(1),
                "more than " + settings.wrongCredentialsPerMinute()
                        + " wrong credentials a minute came from the same address: look where they come from");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, long seconds, String why)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(request, response, ProblemType.TOO_MANY_REQUESTS, why);
    }
}
