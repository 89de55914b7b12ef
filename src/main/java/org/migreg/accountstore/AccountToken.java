package org.migreg.accountstore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token of an account, without its secret, which nobody has but whom it was made for.
 *
 * @param id 12 characters; stands in the token, and is no secret
 * @param revokedAt null where it was not revoked
 * @param lastUsedAt to the minute or so; null where it was not used yet
 */
public record AccountToken(
        String id,
        String account,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    /** What can become of a token. */
    public enum State {
        LIVE,
        EXPIRED,
        REVOKED
    }

    public State stateAt(Instant time) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return expiresAt.isAfter(time) ? State.LIVE : State.EXPIRED;
    }
}
