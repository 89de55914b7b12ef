package org.migreg.web;

import java.io.Serial;
import java.security.Principal;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.access.Caller;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Somebody who has shown who he is, for the time of a request or a session. */
public final class SignedIn extends AbstractAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1;

    /** By what somebody showed who he is: {@code session}s end when it no longer holds. */
    public enum Proof {
        /** The administrator's token in the data directory. */
        ADMIN_TOKEN,
        /** The token of an account. */
        API_TOKEN,
        /** A provider of identities, which the service trusts. */
        PROVIDER
    }

    private final Caller caller;
    private final Proof proof;

    /** What tells this proof from others of its kind: no secret. */
    private final String evidence;

    public SignedIn(Caller caller, Proof proof, String evidence) {
        super(caller.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .collect(Collectors.toUnmodifiableSet()));
        this.caller = caller;
        this.proof = proof;
        this.evidence = evidence;
        super.setAuthenticated(true);
    }

    /** Who it is; null where somebody is not signed in. */
    public static @Nullable Caller caller(@Nullable Principal principal) {
        return principal instanceof SignedIn signedIn ? signedIn.caller() : null;
    }

    public Caller caller() {
        return caller;
    }

    public Proof proof() {
        return proof;
    }

    public String evidence() {
        return evidence;
    }

    @Override
    public String getName() {
        return caller.name();
    }

    @Override
    public Object getPrincipal() {
        return caller.name();
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedIn same
                && caller.equals(same.caller)
                && proof == same.proof
                && evidence.equals(same.evidence);
    }

    @Override
    public int hashCode() {
        return Objects.hash(caller, proof, evidence);
    }
}
