package org.migreg.contract.host;

import io.swagger.v3.oas.annotations.media.Schema;
import org.migreg.capture.CaptureId;
import org.migreg.contract.json.Required;

/** What a host has. */
@Schema(name = "HostInput")
public record HostBody(
        @Schema(description = "The id of a capture that was posted.") @Required("the id of a capture that was posted")
        CaptureId capture) {}
