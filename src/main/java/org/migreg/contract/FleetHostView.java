package org.migreg.contract;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A captured host. */
@Schema(name = "FleetHost")
public record FleetHostView(
        @Schema(description = "The capture's id.") String capture,

        @Schema(nullable = true, example = "6.12.107+deb13-arm64") @Nullable
        String kernel,

        @Schema(nullable = true, example = "neoverse-v1") @Nullable
        String cpuModel,

        @Schema(example = "kvm") String accelerator,

        @Schema(nullable = true, example = "qemu-host") @Nullable
        String vcpuFeatureSet) {}
