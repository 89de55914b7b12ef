package org.migreg.contract.advice;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which moves shall become possible. */
@Schema(name = "AdviceRequest")
public record AdviceBody(
        @Schema(example = "virt-10.1", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String machineType,

        @ArraySchema(
                arraySchema =
                        @Schema(
                                nullable = true,
                                description = "Kernel releases (uname -r) of captured hosts; all where left out."))
        @Nullable
        List<String> kernels,

        @Schema(nullable = true, description = "Two captures instead of kernels.") @Nullable
        PairBody pair,

        @Schema(nullable = true, description = "Only hosts of this CPU model.", example = "neoverse-v1") @Nullable
        String cpuModel,

        @Schema(nullable = true, description = "Only hosts of this accelerator: kvm or tcg.") @Nullable
        String accelerator,

        @Schema(nullable = true, description = "Only captures of this vCPU feature set; qemu-host where left out.")
        @Nullable
        String vcpuFeatureSet,

        @Schema(
                nullable = true,
                allowableValues = {"FORWARD", "BACKWARD", "BOTH"},
                description =
                        "To newer kernels, to older ones, or both, which goes where left out; of a pair, from source to"
                                + " destination, the way back, or both.")
        @Nullable
        String directions,

        @Schema(nullable = true, description = "Whether the sources' QEMU carries the properties; true where left out.")
        @Nullable
        Boolean sourceXMigProperties,

        @Schema(
                nullable = true,
                minimum = "1",
                maximum = "10000",
                description = "How many moves to list of each kind; 500 where left out.")
        @Nullable
        Integer limit) {

    public static final int USUAL_LIMIT = 500;
    public static final int GREATEST_LIMIT = 10_000;

    /** Two captures. */
    @Schema(name = "CapturePair")
    public record PairBody(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "The id of a capture.") @Nullable
            String source,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "The id of a capture.") @Nullable
            String destination) {}
}
