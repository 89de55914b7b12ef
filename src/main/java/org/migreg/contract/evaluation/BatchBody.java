package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The question to which of these hosts a guest may go. */
@Schema(name = "BatchRequest")
public record BatchBody(
        @Schema(example = "virt-10.1", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String machineType,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        SourceBody source,

        @ArraySchema(minItems = 1, maxItems = BatchBody.MOST_DESTINATIONS) @Nullable
        List<DestinationBody> destinations,

        @Schema(
                description = "The revision of the tables to evaluate against; the newest where left out.",
                minimum = "0")
        @Nullable
        Long revision) {

    public static final int MOST_DESTINATIONS = 1000;
}
