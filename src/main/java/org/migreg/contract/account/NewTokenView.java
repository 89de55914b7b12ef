package org.migreg.contract.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A token that was just made. */
@Schema(name = "NewApiToken")
public record NewTokenView(
        @Schema(example = "0123456789ab") String id,

        @Schema(
                description = "The token. It is shown this once: nobody can find it out again.",
                example = "mgr_0123456789ab_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn_01234567")
        String token,

        Instant expiresAt) {}
