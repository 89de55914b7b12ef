package org.migreg.web.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.migreg.access.Caller;
import org.migreg.access.Permission;
import org.migreg.contract.problem.ProblemType;
import org.migreg.web.SignedIn;
import org.migreg.web.errors.ProblemWriter;
import org.migreg.web.limits.Admission;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may do what is decided from {@link OperationTable}. Programs show a bearer token; people sign in with one, or at a provider
 * of identities, and have a session. Health is always open, so that a probe needs no secret.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class SecurityConfiguration {

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
    AccessDecision accessDecision(AccessSettings settings, Environment environment) {
        String strategy = environment.getProperty("server.forward-headers-strategy", "none");
        return new AccessDecision(new LoopbackTrust(settings, !strategy.equalsIgnoreCase("none")));
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain programs(
            HttpSecurity http,
            AccessDecision access,
            Credentials credentials,
            RateLimits rates,
            Audit audit,
            ProblemWriter problems,
            Admission admission) {
        AuthenticationManager tokens = credentials.ofPrograms();
        return http.securityMatcher(FOR_PROGRAMS)
                .csrf(AbstractHttpConfigurer::disable) // no cookie carries a credential
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().access(access))
                .addFilterBefore(rates.ofRequests(), AuthorizationFilter.class)
                .addFilterAfter(admission.ofPrograms(), AuthorizationFilter.class)
                .oauth2ResourceServer(server -> server.bearerTokenResolver(ofTheHeaderOnly())
                        .authenticationManagerResolver(request -> tokens)
                        .authenticationEntryPoint((request, response, refused) -> {
                            boolean isWrong = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
                            if (isWrong && !rates.mayShowAnotherWrongOne(request)) {
                                rates.refuseWrongOnes(request, response);
                                return;
                            }
                            String why = isWrong
                                    ? String.valueOf(refused.getMessage())
                                    : access.refusal(null, request).orElse("it needs one");
                            if (isWrong) {
                                audit.wrongCredential(request, refused.getMessage());
                            } else {
                                audit.denied(request, why);
                            }
                            response.setHeader("WWW-Authenticate", "Bearer realm=\"migreg\"");
                            problems.write(
                                    request,
                                    response,
                                    ProblemType.UNAUTHENTICATED,
                                    (isWrong ? "" : "without a token this is not done, since ") + why
                                            + "; send the header 'Authorization: Bearer TOKEN' with the token of an account,"
                                            + " or the first administrator's, in <data dir>/admin-token");
                        })
                        .accessDeniedHandler((request, response, refused) -> {
                            String why = access.refusal(caller(), request).orElse("the token does not allow this");
                            audit.denied(request, why);
                            problems.write(request, response, ProblemType.FORBIDDEN, why);
                        }))
                .build();
    }

    @Bean
    SecurityFilterChain pages(
            HttpSecurity http,
            AccessDecision access,
            Credentials credentials,
            RateLimits rates,
            Audit audit,
            Admission admission,
            ObjectProvider<ClientRegistrationRepository> providers) {
        RequestMatcher byAnybody = request -> isAsking(request) && access.isOpen(request);
        http.authenticationProvider(signIn(credentials))
                .addFilterAfter(new LiveSessions(credentials), SecurityContextHolderFilter.class)
                .addFilterBefore(admission.ofForms(byAnybody, ExpiredForms::signInFirst), CsrfFilter.class)
                .addFilterBefore(rates.ofRequests(), AuthorizationFilter.class)
                .addFilterAfter(admission.ofPages(), AuthorizationFilter.class)
                // A question changes nothing; without a token its form needs no session, which readers have none of.
                .csrf(csrf -> csrf.ignoringRequestMatchers(SecurityConfiguration::isAsking))
                .authorizeHttpRequests(requests -> requests.anyRequest().access(access))
                .formLogin(form -> form.loginPage("/login")
                        .usernameParameter("name")
                        .passwordParameter("token")
                        .successHandler(new SignedInHandler(audit, credentials))
                        .failureHandler((request, response, refused) -> {
                            if (rates.mayShowAnotherWrongOne(request)) {
                                audit.wrongCredential(request, refused.getMessage());
                                response.sendRedirect("/login?error");
                            } else {
                                rates.refuseWrongOnes(request, response);
                            }
                        }))
                .logout(logout -> logout.logoutSuccessUrl("/"))
                .exceptionHandling(handling -> handling.accessDeniedHandler(new ExpiredForms(request ->
                        audit.denied(request, access.refusal(caller(), request).orElse("")))))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(
                                referrer -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN))
                        // Pages change with each revision; what they are built of is told by its address.
                        .cacheControl(Customizer.withDefaults()));
        if (providers.getIfAvailable() != null) {
            http.oauth2Login(login -> login.loginPage("/login")
                    .authorizedClientRepository(new NoTokensKept())
                    .successHandler(new SignedInHandler(audit, credentials))
                    .failureHandler((request, response, refused) -> {
                        audit.wrongCredential(request, "a provider's answer was not taken: " + refused.getMessage());
                        response.sendRedirect("/login?error=provider");
                    }));
        }
        return http.build();
    }

    private static @Nullable Caller caller() {
        return SignedIn.caller(SecurityContextHolder.getContext().getAuthentication());
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

    private static AuthenticationProvider signIn(Credentials credentials) {
        return new AuthenticationProvider() {
            @Override
            public Authentication authenticate(Authentication given) {
                return credentials.ofForm(given.getName().strip(), given.getCredentials());
            }

            @Override
            public boolean supports(Class<?> kind) {
                return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
            }
        };
    }

    /** Whom a provider has named becomes a caller as any other; goes on to the page that was asked for. */
    private static final class SignedInHandler extends SavedRequestAwareAuthenticationSuccessHandler {

        private final Audit audit;
        private final Credentials credentials;
        private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

        SignedInHandler(Audit audit, Credentials credentials) {
            this.audit = audit;
            this.credentials = credentials;
        }

        @Override
        public void onAuthenticationSuccess(
                HttpServletRequest request, HttpServletResponse response, Authentication who)
                throws ServletException, IOException {
            Authentication signedIn =
                    who.getPrincipal() instanceof OAuth2User user ? credentials.ofProvider(user.getAttributes()) : who;
            SecurityContext context = new SecurityContextImpl(signedIn);
            SecurityContextHolder.setContext(context);
            contexts.saveContext(context, request, response);
            if (signedIn instanceof SignedIn caller) {
                audit.signedIn(request, caller);
            }
            super.onAuthenticationSuccess(request, response, signedIn);
        }
    }

    /** What a provider lets migreg do in somebody's name is never used, so nothing of it is kept. */
    private static final class NoTokensKept implements OAuth2AuthorizedClientRepository {

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // As the interface has it.
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registration, Authentication who, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication who,
                HttpServletRequest request,
                HttpServletResponse response) {
            // Nothing is kept.
        }

        @Override
        public void removeAuthorizedClient(
                String registration, Authentication who, HttpServletRequest request, HttpServletResponse response) {
            // Nothing was kept.
        }
    }

    /** Pages that take a long question in the body and write nothing. */
    private static boolean isAsking(HttpServletRequest request) {
        return request.getMethod().equals("POST") && OperationTable.of(request).permission() == Permission.ASK;
    }
}
