package org.migreg.contract.host;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What came of a write of many hosts. */
@Schema(name = "HostsWritten")
public record HostsWrittenView(
        @Schema(nullable = true, description = "The revision that did it; null where nothing changed.") @Nullable
        Long revision,

        @Schema(description = "How many hosts were not there before.", minimum = "0")
        int created,

        @Schema(description = "How many had another capture before.", minimum = "0")
        int changed,

        @Schema(description = "How many had theirs already.", minimum = "0")
        int unchanged) {}
