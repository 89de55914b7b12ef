package org.migreg.contract.host;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a host has. */
@Schema(name = "HostInput", requiredProperties = "capture")
public record HostBody(
        @Schema(
                description = "The id of a capture that was posted.",
                pattern = "sha256:[0-9a-f]{64}",
                example = "sha256:0000000000000000000000000000000000000000000000000000000000000000")
        @Nullable
        String capture) {}
