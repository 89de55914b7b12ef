package org.migreg.contract.advice;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;

/** A rolling upgrade in question. */
@Schema(name = "UpgradeRequest")
public record UpgradeBody(
        @Schema(example = "virt-10.1", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String machineType,

        @ArraySchema(
                minItems = 1,
                arraySchema =
                        @Schema(description = "The kernel releases (uname -r) that the fleet runs now; captured ones."))
        @Nullable
        List<String> currentKernels,

        @ArraySchema(
                minItems = 1,
                maxItems = 10,
                arraySchema =
                        @Schema(description = "The kernel releases to go to, one after another, the target last."))
        @Nullable
        List<String> hops,

        @Schema(nullable = true, description = "Whether the way back must be open too; true where left out.") @Nullable
        Boolean rollback,

        @Schema(nullable = true, description = "Only hosts of this CPU model.", example = "neoverse-v1") @Nullable
        String cpuModel,

        @Schema(nullable = true, description = "Only hosts of this accelerator: kvm or tcg.") @Nullable
        String accelerator,

        @Schema(nullable = true, description = "Only captures of this vCPU feature set; qemu-host where left out.")
        @Nullable
        String vcpuFeatureSet,

        @Schema(
                nullable = true,
                description = "What the destinations' QEMU does; X_MIG_PROPERTIES where left out.",
                implementation = LoadBehaviour.Spec.class)
        @Nullable
        String loadBehaviour,

        @Schema(nullable = true, description = "The version of an unpatched QEMU there, instead of loadBehaviour.")
        @Nullable
        String qemu,

        @Schema(
                nullable = true,
                allowableValues = {"UPSTREAM", "TABLE"})
        @Nullable
        String tolerances,

        @Schema(nullable = true, description = "Whether the sources' QEMU carries the properties; true where left out.")
        @Nullable
        Boolean sourceXMigProperties) {}
