package org.migreg.contract.host;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.history.RevisionView;

/** A host with the captures that it has and had. */
@Schema(name = "HostWithHistory")
public record HostHistoryView(
        HostView host,

        @Schema(description = "Newest first: what it has now, and what it had before; at most 500.")
        List<Period> history) {

    /** A capture that the host had for a time. */
    @Schema(name = "HostPeriod")
    public record Period(
            @Schema(pattern = "sha256:[0-9a-f]{64}") String capture,

            @Schema(description = "The write that gave it to the host.")
            RevisionView begun,

            @Schema(nullable = true, description = "The write that ended it; null for what the host has now.") @Nullable
            RevisionView ended) {}
}
