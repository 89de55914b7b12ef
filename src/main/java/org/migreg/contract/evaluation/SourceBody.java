package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.CpuOptions;
import tools.jackson.databind.JsonNode;

/** The host that a guest leaves: by its name, a capture, registers, or a kind of host. */
@Schema(
        name = "SourceSide",
        description =
                "A known host, a capture, registers (with the kernel they come from), or a kernel to be looked up among the captures.")
public record SourceBody(
        @Nullable @Schema(description = SideFields.CAPTURE, pattern = "sha256:[0-9a-f]{64}")
        String capture,

        @Nullable @Schema(description = SideFields.HOST, example = "compute-17.example.org", maxLength = 253)
        String host,

        @Nullable @Schema(description = SideFields.KERNEL, example = "6.12.107+deb13-arm64", maxLength = 200)
        String kernel,

        @Nullable @Schema(description = SideFields.KERNEL_PACKAGE, example = "Debian linux 6.12.107-1", maxLength = 200)
        String kernelPackage,

        @Nullable @Schema(example = "neoverse-v1", maxLength = 100)
        String cpuModel,

        @Nullable
        @Schema(
                allowableValues = {"kvm", "tcg"},
                defaultValue = "kvm")
        String accelerator,

        @Nullable @Schema(description = SideFields.FEATURE_SET, example = "qemu-host", maxLength = 100)
        String vcpuFeatureSet,

        @Nullable @Schema(description = SideFields.FEATURES) List<String> vcpuFeatures,

        @Nullable
        @ArraySchema(
                schema = @Schema(ref = "#/components/schemas/RegisterInput"),
                arraySchema = @Schema(description = SideFields.REGISTERS),
                minItems = 1)
        List<JsonNode> registers,

        @Nullable
        @Schema(description = "Whether the source's QEMU carries the x-mig properties.", defaultValue = "true")
        Boolean xMigProperties,

        @Nullable @Schema(description = SideFields.SOURCE_QEMU, example = "11.1.3", maxLength = 120)
        String qemu,

        @Nullable @Schema(description = SideFields.CPU, example = "host,pmu=off", maxLength = CpuOptions.LONGEST)
        String cpu)
        implements SideFields {}
