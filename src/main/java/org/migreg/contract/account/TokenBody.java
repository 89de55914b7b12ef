package org.migreg.contract.account;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A token as a client asks for it. */
@Schema(name = "ApiTokenInput")
public record TokenBody(
        @Schema(nullable = true, minimum = "1", maximum = "366", description = "90 where left out.") @Nullable
        Integer expiresInDays) {}
