package org.migreg.contract.diagnosis;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a failed migration printed. */
@Schema(name = "DiagnosisRequest")
public record DiagnosisBody(
        @Schema(
                description = "What QEMU or libvirt printed, with whatever stands around it.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "qemu-system-aarch64: Invalid value 275 expecting positive value <= 274")
        @Nullable
        String log,

        @Schema(description = "The guest's machine type, where known.", example = "virt-10.1") @Nullable
        String machineType,

        @Schema(description = "The source's kernel release, where known.") @Nullable
        String sourceKernel,

        @Schema(description = "The destination's kernel release, where known.") @Nullable
        String destinationKernel) {}
