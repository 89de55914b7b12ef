package org.migreg.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.migreg.access.Caller;
import org.migreg.access.Permission;
import org.migreg.web.SignedIn;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Decides each request from {@link OperationTable}. */
final class AccessDecision implements AuthorizationManager<RequestAuthorizationContext> {

    private final LoopbackTrust loopback;

    AccessDecision(LoopbackTrust loopback) {
        this.loopback = loopback;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
        return new AuthorizationDecision(
                refusal(SignedIn.caller(who.get()), context.getRequest()).isEmpty());
    }

    /** Why somebody may not have a request done; empty where he may. */
    Optional<String> refusal(@Nullable Caller caller, HttpServletRequest request) {
        OperationTable.Need need = OperationTable.of(request);
        Permission permission = need.permission();
        if (permission == null) {
            return Optional.empty();
        }
        if (caller == null) {
            return permission.isOpenOnLoopback()
                    ? loopback.objection(request)
                    : Optional.of("it needs the permission " + permission);
        }
        if (!caller.may(permission)) {
            return Optional.of("it needs the permission " + permission + ", which " + caller.name() + " ("
                    + roles(caller) + ") does not have");
        }
        String host = need.host();
        if (host != null && !caller.mayRecordHost(host)) {
            return Optional.of(caller.name() + " may only record the hosts " + caller.hosts());
        }
        return Optional.empty();
    }

    private static String roles(Caller caller) {
        return caller.roles().isEmpty()
                ? "no role"
                : String.join(
                        ", ",
                        caller.roles().stream().map(Object::toString).sorted().toList());
    }

    /** Whether nothing but the credential stands in the way. */
    boolean isOpen(HttpServletRequest request) {
        return refusal(null, request).isEmpty();
    }
}
