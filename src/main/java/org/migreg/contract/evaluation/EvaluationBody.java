package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.json.Required;

/** The question whether a guest may go from one host to another. */
@Schema(name = "EvaluationRequest")
public record EvaluationBody(
        @Schema(example = "virt-10.1") @Required("the guest's machine type, such as virt-10.1")
        String machineType,

        @Required("the host that the guest leaves") SourceBody source,

        @Required("the host to go to") DestinationBody destination,

        @Schema(
                description = "The revision of the tables to evaluate against; the newest where left out.",
                minimum = "0")
        @Nullable
        Long revision) {}
