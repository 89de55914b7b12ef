package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The question whether a guest may go from one host to another. */
@Schema(name = "EvaluationRequest")
public record EvaluationBody(
        @Schema(example = "virt-10.1", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String machineType,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        SourceBody source,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        DestinationBody destination,

        @Schema(
                description = "The revision of the tables to evaluate against; the newest where left out.",
                minimum = "0")
        @Nullable
        Long revision) {}
