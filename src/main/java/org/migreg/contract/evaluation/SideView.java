package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.KernelView;

/** One side of a migration as it was understood. */
@Schema(name = "ResolvedSide")
public record SideView(
        @Schema(
                nullable = true,
                description = "The host's name, where the request gives one.",
                example = "compute-17.example.org")
        @Nullable
        String host,

        @Schema(nullable = true, description = "The capture that the list comes from.") @Nullable
        String capture,

        @Schema(nullable = true) @Nullable KernelView kernel,
        @Schema(nullable = true) @Nullable String kernelPackage,

        @Schema(nullable = true, example = "neoverse-v1") @Nullable
        String cpuModel,

        @Schema(example = "kvm") String accelerator,

        @Schema(nullable = true, example = "qemu-host") @Nullable
        String vcpuFeatureSet,

        List<String> vcpuFeatures,

        @Schema(
                nullable = true,
                description = "How many registers its list has; null where no list is known.",
                example = "269")
        @Nullable
        Integer registers,

        @Schema(description = "How many of them have a value.", example = "269")
        int values) {}
