package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Basis;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.evaluation.Verdict;

/** Every ordered pair of known kernels with its verdict. */
@Schema(name = "Matrix")
public record MatrixView(
        @Schema(example = "virt-10.1") String machineType,
        @Schema(example = "X_MIG_PROPERTIES") String loadBehaviour,
        long policyRevision,

        @Schema(description = "The revision up to which captures were taken in.")
        long captureRevision,

        List<Pair> pairs,

        @Schema(
                description =
                        "How many captures, the oldest kernels of their kind of host, have no pairs, since there are"
                                + " too many; ask for one cpuModel or vcpuFeatureSet. Usually 0.")
        int leftOut,

        @Schema(description = AssumptionView.LIST) List<AssumptionView> assumptions) {

    /** One ordered pair of hosts of one kind. */
    @Schema(name = "MatrixPair")
    public record Pair(
            @Schema(nullable = true, example = "neoverse-v1") @Nullable
            String cpuModel,

            @Schema(example = "kvm") String accelerator,

            @Schema(nullable = true, example = "qemu-host") @Nullable
            String vcpuFeatureSet,

            @Schema(example = "6.18.15+deb13-arm64") String sourceKernel,
            @Schema(example = "6.12.107+deb13-arm64") String destinationKernel,
            String sourceCapture,
            String destinationCapture,
            Verdict verdict,
            boolean mayMigrate,
            Basis basis,
            String summary,

            @Schema(description = "The registers that keep the guest from migrating.")
            List<Blocking> blocking) {}

    /** A register that decides. */
    @Schema(name = "BlockingRegister")
    public record Blocking(
            @Schema(nullable = true) @Nullable String register,
            @Schema(nullable = true) @Nullable String registerName,
            FindingKind kind) {
        public static Blocking of(Finding finding) {
            var register = finding.register();
            return new Blocking(
                    register == null ? null : register.toString(),
                    register == null ? null : register.name(),
                    finding.kind());
        }
    }
}
