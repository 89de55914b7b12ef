package org.migreg.contract.host;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.contract.KernelView;

/** A host and the capture that it has. */
@Schema(name = "Host")
public record HostView(
        @Schema(example = "compute-17.example.org") String name,

        @Schema(pattern = "sha256:[0-9a-f]{64}") String capture,

        @Schema(nullable = true, description = "The kernel of that capture.") @Nullable
        KernelView kernel,

        @Schema(nullable = true, example = "neoverse-v1") @Nullable
        String cpuModel,

        @Schema(description = "Since when it has this capture.")
        Instant since,

        @Schema(description = "The revision that gave it this capture: its version.")
        long revision) {

    /** @param content the content of the capture; null where it is not known here yet */
    public static HostView of(String name, String captureId, @Nullable Capture content, Instant since, long revision) {
        return new HostView(
                name,
                captureId,
                content == null ? null : KernelView.ofNullable(content.kernel()),
                content == null ? null : content.cpuModel(),
                since,
                revision);
    }
}
