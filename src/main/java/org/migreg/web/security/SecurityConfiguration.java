package org.migreg.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.migreg.contract.problem.ProblemType;
import org.migreg.history.Revision;
import org.migreg.web.errors.ProblemWriter;
import org.migreg.web.limits.Admission;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Reading and evaluating from loopback need no credential, unread samples excepted; everything else needs the administrator's
 * token: as a bearer token for the API, and for the pages as the password of a session. Health is always
 * open, so that a probe needs no secret.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final List<String> READ_BY_POST = List.of(
            "/api/v1/evaluations",
            "/api/v1/evaluations/batch",
            "/api/v1/saved-guests/evaluations",
            "/api/v1/diagnoses",
            "/api/v1/impact",
            "/api/v1/advice",
            "/api/v1/upgrade-plans");

    private static final List<String> ASKED_BY_POST = List.of("/captures/look", "/diagnose", "/tables/preview");

    /** What people agreed to show to administrators is shown to nobody else. */
    private static final String[] FOR_ADMINISTRATORS = {
        "/api/v1/unread-samples", "/api/v1/unread-samples/**", "/samples", "/samples/**"
    };

    private static final String BEARER = "Bearer ";

    /** What programs call; the description of the API, whose pages need styles of their own, is among it. */
    private static final String[] FOR_PROGRAMS = {
        "/api/**", "/actuator/**", "/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui/**", "/swagger-ui.html"
    };

    /** Nothing from elsewhere, and nothing that stands in a page runs. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain programs(
            HttpSecurity http, AdminToken adminToken, ProblemWriter problems, Admission admission) {
        RequestMatcher readingOnLoopback = request -> isReading(request) && isLoopback(request);
        return http.securityMatcher(FOR_PROGRAMS)
                .csrf(AbstractHttpConfigurer::disable) // no cookie carries a credential
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health/**", "/actuator/health")
                        .permitAll()
                        .requestMatchers(FOR_ADMINISTRATORS)
                        .authenticated()
                        .requestMatchers(readingOnLoopback)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterAfter(admission.ofPrograms(), AuthorizationFilter.class)
                .oauth2ResourceServer(server -> server.bearerTokenResolver(ofTheHeaderOnly())
                        .opaqueToken(token -> token.introspector(introspector(adminToken)))
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

    @Bean
    SecurityFilterChain pages(HttpSecurity http, AdminToken adminToken, Admission admission) {
        RequestMatcher byAnybody = request -> isAsking(request) && isLoopback(request);
        RequestMatcher readingOnLoopback = request -> (isReading(request) || isAsking(request)) && isLoopback(request);
        return http.authenticationProvider(signIn(adminToken))
                .addFilterBefore(admission.ofForms(byAnybody, ExpiredForms::signInFirst), CsrfFilter.class)
                .addFilterAfter(admission.ofPages(), AuthorizationFilter.class)
                // A question changes nothing; without a token its form needs no session, which readers have none of.
                .csrf(csrf -> csrf.ignoringRequestMatchers(SecurityConfiguration::isAsking))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/login/then")
                        .authenticated()
                        .requestMatchers(FOR_ADMINISTRATORS)
                        .authenticated()
                        .requestMatchers(
                                "/login",
                                "/webjars/**",
                                "/style/**",
                                "/script/**",
                                "/favicon.svg",
                                "/problems/**",
                                "/error")
                        .permitAll()
                        .requestMatchers(readingOnLoopback)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/login")
                        .usernameParameter("name")
                        .passwordParameter("token")
                        .permitAll())
                .logout(logout -> logout.logoutSuccessUrl("/"))
                .exceptionHandling(handling -> handling.accessDeniedHandler(new ExpiredForms()))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(
                                referrer -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN))
                        // Pages change with each revision; what they are built of is told by its address.
                        .cacheControl(Customizer.withDefaults()))
                .build();
    }

    /** Tomcat reads headers as ISO 8859-1, in which bytes of Ä or ß are control characters: those of ASCII are refused, no others. */
    @Bean
    StrictHttpFirewall headersOfAnyScript() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> value.chars().noneMatch(c -> c < 0x20 && c != '\t' || c == 0x7f));
        return firewall;
    }

    /** Looking for a token in a form would read the body of somebody of whom nothing is known yet. */
    private static BearerTokenResolver ofTheHeaderOnly() {
        return request -> {
            String given = request.getHeader(HttpHeaders.AUTHORIZATION);
            if (given == null || !given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return null;
            }
            String token = given.substring(BEARER.length()).strip();
            return token.isEmpty() ? null : token;
        };
    }

    /** Whoever has the administrator's token may write; the name is who the revisions say. */
    private static AuthenticationProvider signIn(AdminToken adminToken) {
        return new AuthenticationProvider() {
            @Override
            public Authentication authenticate(Authentication given) {
                String name = given.getName().strip();
                if (name.isEmpty() || name.length() > Revision.LONGEST_AUTHOR) {
                    throw new BadCredentialsException("a name has 1 to 200 characters");
                }
                if (!(given.getCredentials() instanceof String token) || !adminToken.is(token.strip())) {
                    throw new BadCredentialsException("not the administrator's token");
                }
                return UsernamePasswordAuthenticationToken.authenticated(
                        name, null, List.of(new SimpleGrantedAuthority("ROLE_ADMIN")));
            }

            @Override
            public boolean supports(Class<?> kind) {
                return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
            }
        };
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

    /** Pages that take a long question in the body and write nothing. */
    private static boolean isAsking(HttpServletRequest request) {
        return HttpMethod.POST.matches(request.getMethod()) && ASKED_BY_POST.contains(request.getServletPath());
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
