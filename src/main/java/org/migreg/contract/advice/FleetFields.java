package org.migreg.contract.advice;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.Accelerator;

/** Which captured hosts are meant: fields of bodies, and parameters. */
public record FleetFields(
        @Parameter(description = FleetFields.CPU_MODEL, example = "neoverse-v1")
        @Schema(nullable = true, description = FleetFields.CPU_MODEL, example = "neoverse-v1")
        @Nullable
        String cpuModel,

        @Parameter(description = FleetFields.ACCELERATOR)
        @Schema(nullable = true, description = FleetFields.ACCELERATOR)
        @Nullable
        Accelerator accelerator,

        @Parameter(description = FleetFields.FEATURE_SET, example = "qemu-host")
        @Schema(nullable = true, description = FleetFields.FEATURE_SET, example = "qemu-host")
        @Nullable
        String vcpuFeatureSet) {

    static final String CPU_MODEL = "Only hosts of this CPU model.";
    static final String ACCELERATOR = "Only hosts of this accelerator.";
    static final String FEATURE_SET =
            "Only captures of this vCPU feature set; advice and upgrade plans take qemu-host where left out.";
}
