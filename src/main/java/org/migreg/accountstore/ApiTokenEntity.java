package org.migreg.accountstore;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.migreg.access.ApiToken;

/** A token of an account: all of it but its secret. */
@Entity
@Table(name = "api_token")
class ApiTokenEntity {

    @Id
    @Column(length = 12)
    private String id;

    @Column(nullable = false, length = 100)
    private String account;

    @Column(nullable = false, length = 64)
    private String hash;

    @Column(nullable = false)
    private Instant createdAt;

    @Column(nullable = false, length = 200)
    private String createdBy;

    @Column(nullable = false)
    private Instant expiresAt;

    private @Nullable Instant revokedAt;

    private @Nullable Instant lastUsedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected ApiTokenEntity() {}

    ApiTokenEntity(ApiToken token, String account, Instant createdAt, String createdBy, Instant expiresAt) {
        this.id = token.id();
        this.account = account;
        this.hash = token.hash();
        this.createdAt = createdAt;
        this.createdBy = createdBy;
        this.expiresAt = expiresAt;
    }

    void revoke(Instant time) {
        if (revokedAt == null) {
            revokedAt = time;
        }
    }

    String account() {
        return account;
    }

    String hash() {
        return hash;
    }

    AccountToken toToken() {
        return new AccountToken(id, account, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt);
    }
}
