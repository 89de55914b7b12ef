package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.json.Required;

/** The question to which of these hosts a guest may go. */
@Schema(name = "BatchRequest")
public record BatchBody(
        @Schema(example = "virt-10.1") @Required("the guest's machine type, such as virt-10.1")
        String machineType,

        @Required("the host that the guest leaves") SourceBody source,

        @ArraySchema(minItems = 1, maxItems = BatchBody.MOST_DESTINATIONS) @Required("the hosts to go to")
        List<DestinationBody> destinations,

        @Schema(
                description = "The revision of the tables to evaluate against; the newest where left out.",
                minimum = "0")
        @Nullable
        Long revision) {

    static final int MOST_DESTINATIONS = 1000;

    public BatchBody {
        if (destinations.isEmpty() || destinations.size() > MOST_DESTINATIONS) {
            throw new InvalidFieldException(
                    "destinations",
                    destinations.size() + " destinations",
                    "a batch has 1 to " + MOST_DESTINATIONS + " destinations: split it");
        }
        destinations = List.copyOf(destinations);
    }
}
