package org.migreg.api.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.migreg.api.ProblemWriter;
import org.migreg.contract.ProblemType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Reading and evaluating from loopback need no credential; everything else needs the administrator's
 * token. Health is always open, so that a probe needs no secret.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final List<String> READ_BY_POST = List.of(
            "/api/v1/evaluations",
            "/api/v1/evaluations/batch",
            "/api/v1/diagnoses",
            "/api/v1/impact",
            "/api/v1/advice",
            "/api/v1/upgrade-plans");

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, AdminToken adminToken, ProblemWriter problems) {
        RequestMatcher readingOnLoopback = request -> isReading(request) && isLoopback(request);
        return http.csrf(AbstractHttpConfigurer::disable) // no cookie carries a credential
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health/**", "/actuator/health")
                        .permitAll()
                        .requestMatchers(readingOnLoopback)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.opaqueToken(
                                token -> token.introspector(introspector(adminToken)))
                        .authenticationEntryPoint((request, response, refused) -> {
                            response.setHeader("WWW-Authenticate", "Bearer realm=\"migreg\"");
                            problems.write(
                                    request,
                                    response,
                                    ProblemType.UNAUTHENTICATED,
                                    "this needs the header 'Authorization: Bearer TOKEN' with the token in <data"
                                            + " dir>/admin-token");
                        })
                        .accessDeniedHandler((request, response, refused) -> problems.write(
                                request, response, ProblemType.FORBIDDEN, "the token does not allow this")))
                .build();
    }

    private static OpaqueTokenIntrospector introspector(AdminToken adminToken) {
        return given -> {
            if (!adminToken.is(given)) {
                throw new BadOpaqueTokenException("not the administrator's token");
            }
            return new DefaultOAuth2AuthenticatedPrincipal(
                    "admin", Map.of("sub", "admin"), List.of(new SimpleGrantedAuthority("ROLE_ADMIN")));
        };
    }

    private static boolean isReading(HttpServletRequest request) {
        String method = request.getMethod();
        return HttpMethod.GET.matches(method)
                || HttpMethod.HEAD.matches(method)
                || HttpMethod.OPTIONS.matches(method)
                || HttpMethod.POST.matches(method) && READ_BY_POST.contains(request.getServletPath());
    }

    private static boolean isLoopback(HttpServletRequest request) {
        try {
            // A literal address: no name is looked up.
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
