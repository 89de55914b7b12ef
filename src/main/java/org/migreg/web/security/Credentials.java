package org.migreg.web.security;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.access.ApiToken;
import org.migreg.access.Caller;
import org.migreg.access.Role;
import org.migreg.accountstore.AccountStore;
import org.migreg.history.Revision;
import org.migreg.web.SignedIn;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * Says who shows a credential: the administrator's token, the token of an account, or one of a provider of identities (a JWT,
 * where {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} names one).
 */
@Component
class Credentials {

    private static final String ADMIN = "admin";
    private static final String PREFIX_OF_ROLES = "migreg-";

    private final AdminToken adminToken;
    private final AccountStore accounts;
    private final ObjectProvider<JwtDecoder> decoder;
    private final AccessSettings settings;

    Credentials(
            AdminToken adminToken, AccountStore accounts, ObjectProvider<JwtDecoder> decoder, AccessSettings settings) {
        this.adminToken = adminToken;
        this.accounts = accounts;
        this.decoder = decoder;
        this.settings = settings;
    }

    /** For the bearer tokens of programs. */
    AuthenticationManager ofPrograms() {
        return given -> {
            String text = ((BearerTokenAuthenticationToken) given).getToken();
            try {
                return signedIn(text, ADMIN);
            } catch (BadCredentialsException refused) {
                throw new InvalidBearerTokenException(String.valueOf(refused.getMessage()), refused);
            }
        };
    }

    /**
     * For the form by which people sign in.
     *
     * @param name who it is; only believed of whoever has the administrator's token
     */
    SignedIn ofForm(String name, @Nullable Object token) {
        if (name.length() > Revision.LONGEST_AUTHOR || name.chars().anyMatch(Character::isISOControl)) {
            throw new BadCredentialsException("a name has 1 to 200 characters");
        }
        SignedIn signedIn = signedIn(String.valueOf(token).strip(), name);
        if (name.isEmpty() && signedIn.proof() == SignedIn.Proof.ADMIN_TOKEN) {
            throw new BadCredentialsException("with the administrator's token, say who you are");
        }
        return signedIn;
    }

    /**
     * @throws BadCredentialsException saying why, when nobody is known by it
     */
    private SignedIn signedIn(String text, String administrator) {
        Optional<ApiToken> token = ApiToken.read(text);
        if (token.isPresent()) {
            return switch (accounts.look(token.get())) {
                case AccountStore.Good(AccountStore.Bearer bearer) ->
                    new SignedIn(bearer.caller(), SignedIn.Proof.API_TOKEN, bearer.tokenId());
                case AccountStore.Bad(AccountStore.Refusal why) ->
                    throw new BadCredentialsException(
                            switch (why) {
                                case EXPIRED ->
                                    "the token mgr_" + token.get().id()
                                            + " has expired: an administrator makes a new one";
                                case REVOKED -> "the token mgr_" + token.get().id() + " was revoked";
                                case UNKNOWN -> "there is no such token";
                            });
            };
        }
        if (adminToken.is(text)) {
            return new SignedIn(Caller.administrator(administrator), SignedIn.Proof.ADMIN_TOKEN, adminToken.evidence());
        }
        if (text.startsWith("mgr_")) {
            throw new BadCredentialsException(
                    "this is no token as it was made: its checksum is wrong, as if mistyped or cut off");
        }
        JwtDecoder provider = text.chars().filter(c -> c == '.').count() == 2 ? decoder.getIfAvailable() : null;
        if (provider != null) {
            try {
                Jwt jwt = provider.decode(text);
                return ofProvider(jwt.getClaims());
            } catch (JwtException refused) {
                throw new BadCredentialsException(
                        "the provider's token is not taken: " + refused.getMessage(), refused);
            }
        }
        throw new BadCredentialsException("there is no such token");
    }

    /** Whom a provider, which was believed, speaks of. */
    SignedIn ofProvider(Map<String, Object> claims) {
        Object subject = Objects.requireNonNullElse(claims.get("sub"), "");
        String name = String.valueOf(Objects.requireNonNullElse(claims.get(settings.nameClaim()), subject))
                .strip();
        if (name.isEmpty()
                || name.length() > Revision.LONGEST_AUTHOR
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new BadCredentialsException(
                    "the provider's claim " + settings.nameClaim() + " is no name of 1 to 200 characters");
        }
        return new SignedIn(
                new Caller(name, roles(claims), null, null, false), SignedIn.Proof.PROVIDER, String.valueOf(subject));
    }

    /** Machines' roles are bound to hosts, which no provider names. */
    private Set<Role> roles(Map<String, Object> claims) {
        Object claim = claims;
        for (String part : settings.rolesClaim().split("\\.", -1)) {
            claim = claim instanceof Map<?, ?> map ? map.get(part) : null;
        }
        Collection<?> values = claim instanceof Collection<?> many
                ? many
                : claim instanceof String text ? List.of(text.split("[ ,]+")) : List.of();
        Set<Role> roles = new HashSet<>();
        for (Object value : values) {
            String text = String.valueOf(value);
            String named = settings.roles().getOrDefault(text, text).toLowerCase(Locale.ROOT);
            Role.of(named.startsWith(PREFIX_OF_ROLES) ? named.substring(PREFIX_OF_ROLES.length()) : named)
                    .filter(role -> !role.isOfMachine())
                    .ifPresent(roles::add);
        }
        return roles;
    }

    /** Whom a session stands for now; null where what it began with no longer holds. */
    @Nullable
    Authentication stillHolds(SignedIn signedIn) {
        return switch (signedIn.proof()) {
            case ADMIN_TOKEN -> adminToken.evidence().equals(signedIn.evidence()) ? signedIn : null;
            case API_TOKEN ->
                accounts.stillGood(signedIn.evidence())
                        .map(caller -> caller.equals(signedIn.caller())
                                ? signedIn
                                : new SignedIn(caller, SignedIn.Proof.API_TOKEN, signedIn.evidence()))
                        .orElse(null);
            case PROVIDER -> signedIn;
        };
    }
}
