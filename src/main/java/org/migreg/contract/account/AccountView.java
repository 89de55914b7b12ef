package org.migreg.contract.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.access.Role;

/** An account. */
@Schema(name = "Account")
public record AccountView(
        @Schema(example = "nova-scheduler") String name,
        Role role,

        @Schema(nullable = true, example = "virt-rhel*") @Nullable
        String machineTypes,

        @Schema(nullable = true, example = "compute-17.example.org") @Nullable
        String hosts,

        boolean speaksForOthers,
        String description,
        Instant createdAt,
        @Schema(example = "Ada") String createdBy,
        List<TokenView> tokens) {

    public AccountView {
        tokens = List.copyOf(tokens);
    }

    /** A token without its secret. */
    @Schema(name = "ApiToken")
    public record TokenView(
            @Schema(description = "Stands in the token; no secret.", example = "0123456789ab")
            String id,

            @Schema(description = "LIVE, EXPIRED or REVOKED.", example = "LIVE")
            String state,

            Instant createdAt,
            @Schema(example = "Ada") String createdBy,
            Instant expiresAt,

            @Schema(nullable = true) @Nullable Instant revokedAt,

            @Schema(
                    nullable = true,
                    description = "Written down about once a minute, and not while the database is away.")
            @Nullable
            Instant lastUsedAt) {}
}
