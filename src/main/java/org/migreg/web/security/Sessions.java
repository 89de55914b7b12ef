package org.migreg.web.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.problem.ProblemType;
import org.migreg.revision.DatabaseTrouble;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.session.autoconfigure.DefaultCookieSerializerCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the sessions of the pages in the database, so that they go on at every instance. While it is away, whoever has a session
 * is told so (503); those without one read on.
 */
@Configuration(proxyBeanMethods = false)
class Sessions {

    /** The database did not answer about a session. */
    private static final class SessionsAwayException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SessionsAwayException(RuntimeException cause) {
            super("the database, which keeps the sessions, does not answer", cause);
        }
    }

    @Bean
    static BeanPostProcessor sessionsThatMayBeAway() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof JdbcIndexedSessionRepository repository ? kept(repository) : bean;
            }
        };
    }

    private static <S extends Session> SessionRepository<S> kept(SessionRepository<S> repository) {
        return new KeptSessions<>(repository);
    }

    private record KeptSessions<S extends Session>(SessionRepository<S> repository) implements SessionRepository<S> {

        @Override
        public S createSession() {
            return repository.createSession();
        }

        @Override
        public void save(S session) {
            asked(() -> {
                repository.save(session);
                return true;
            });
        }

        @Override
        public @Nullable S findById(String id) {
            return asked(() -> repository.findById(id));
        }

        @Override
        public void deleteById(String id) {
            asked(() -> {
                repository.deleteById(id);
                return true;
            });
        }

        private static <T extends @Nullable Object> T asked(Supplier<T> question) {
            try {
                return question.get();
            } catch (DataAccessException | TransactionException away) {
                throw new SessionsAwayException(away);
            }
        }
    }

    /** Whoever comes back from a provider of identities comes from another site, and must be known again. */
    @Bean
    DefaultCookieSerializerCustomizer cookiesOfThoseWhoComeBack(
            ObjectProvider<ClientRegistrationRepository> providers) {
        return cookies -> {
            if (providers.getIfAvailable() != null) {
                cookies.setSameSite("Lax");
            }
        };
    }

    /** Before the filter of the sessions, which asks for them. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> whileSessionsAreAway() {
        FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(new AwayFilter());
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    private static final class AwayFilter extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            try {
                chain.doFilter(request, response);
            } catch (SessionsAwayException away) {
                if (response.isCommitted()) {
                    throw away;
                }
                response.reset();
                response.setHeader(HttpHeaders.RETRY_AFTER, DatabaseTrouble.RETRY_AFTER_SECONDS);
                response.setStatus(ProblemType.DATABASE_UNAVAILABLE.status());
                response.setContentType("text/plain;charset=UTF-8");
                // The page of errors shows who is signed in, which nobody knows now.
                response.getWriter()
                        .write(
                                "The database does not answer, and it keeps who is signed in: try again in a few seconds."
                                        + " Without signing in, pages can be read meanwhile.\n");
            }
        }
    }
}
