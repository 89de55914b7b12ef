package org.migreg.contract.diagnosis;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.json.Required;
import org.migreg.hostkernel.KernelRelease;

/** What a failed migration printed. */
@Schema(name = "DiagnosisRequest")
public record DiagnosisBody(
        @Schema(
                description = "What QEMU or libvirt printed, with whatever stands around it.",
                example = "qemu-system-aarch64: Invalid value 275 expecting positive value <= 274")
        @Required(DiagnosisBody.LOG)
        String log,

        @Schema(description = "The guest's machine type, where known.", example = "virt-10.1") @Nullable
        String machineType,

        @Schema(description = "The source's kernel release, where known.") @Nullable
        KernelRelease sourceKernel,

        @Schema(description = "The destination's kernel release, where known.") @Nullable
        KernelRelease destinationKernel) {

    static final String LOG = "what QEMU or libvirt printed";

    public DiagnosisBody {
        if (log.isBlank()) {
            throw new InvalidFieldException("log", null, "the log is empty: give " + LOG);
        }
    }
}
