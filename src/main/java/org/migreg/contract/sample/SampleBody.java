package org.migreg.contract.sample;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.json.Required;

/** A log to be kept, by whoever may agree to that. */
@Schema(name = "UnreadSampleInput")
public record SampleBody(
        @Required("the log, as it was printed") @Schema(maxLength = 65_536)
        String log,

        @Required("true, to say that it may be kept")
        @Schema(
                description =
                        "True: whoever has the log agrees that administrators may read it. Anything else is refused.")
        Boolean consent,

        @Schema(
                nullable = true,
                description =
                        "Whether UUIDs, MAC and IP addresses, names of hosts, guests and users become words such as HOST-1;"
                                + " true where left out.")
        @Nullable
        Boolean mask,

        @Schema(nullable = true, maxLength = 1000, description = "What happened, or what would be right.") @Nullable
        String note) {}
