package org.migreg.contract.host;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

        @Schema(description = "Other names that it goes by.")
        List<String> names,

        @Schema(nullable = true, description = "The version of its QEMU, where recorded.", example = "10.1.0-15.el10")
        @Nullable
        String qemu,

        @Schema(nullable = true, description = "Whether its QEMU carries the x-mig properties, where recorded.")
        @Nullable
        Boolean xMigProperties,

        @Schema(nullable = true, description = "What its QEMU gives guests as CPU, where recorded.", example = "host")
        @Nullable
        String cpu,

        @Schema(description = "When it was last heard of.") Instant lastSeen,

        @Schema(
                nullable = true,
                description =
                        "Why what is recorded of it may hold no more, so that evaluations are UNKNOWN; null where it holds.")
        @Nullable
        String stale,

        @Schema(description = "Since when it has this capture and these attributes.")
        Instant since,

        @Schema(description = "The revision that gave it this capture: its version.")
        long revision) {}
