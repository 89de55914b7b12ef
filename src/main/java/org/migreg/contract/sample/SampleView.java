package org.migreg.contract.sample;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A log that was kept. */
@Schema(name = "UnreadSample")
public record SampleView(
        @Schema(example = "7") long id,

        Instant keptAt,

        @Schema(example = "Ada") String keptBy,

        @Schema(description = "Whether ids and names were taken out.")
        boolean masked,

        String note,

        @Schema(description = "How long the log is.", minimum = "0")
        int characters,

        @Schema(nullable = true, description = "The log; null in lists.") @Nullable
        String log) {}
