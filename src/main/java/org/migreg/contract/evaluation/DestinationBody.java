package org.migreg.contract.evaluation;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import tools.jackson.databind.JsonNode;

/** The host that a guest shall go to, and what its QEMU does. */
@Schema(
        name = "DestinationSide",
        description =
                "A capture, registers (with the kernel they come from), or a kernel to be looked up among the captures; and what"
                        + " the QEMU there does with the incoming list.")
public record DestinationBody(
        @Nullable @Schema(description = SideFields.CAPTURE, pattern = "sha256:[0-9a-f]{64}")
        String capture,

        @Nullable @Schema(description = SideFields.HOST, example = "compute-17.example.org", maxLength = 253)
        String host,

        @Nullable @Schema(description = SideFields.KERNEL, example = "6.18.15+deb13-arm64", maxLength = 200)
        String kernel,

        @Nullable
        @Schema(description = SideFields.KERNEL_PACKAGE, example = "Debian linux 6.18.15-1~bpo13+1", maxLength = 200)
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
        @ArraySchema(
                schema = @Schema(ref = "#/components/schemas/RegisterInput"),
                arraySchema =
                        @Schema(
                                description =
                                        "With registers: the kernel's writable masks (KVM_ARM_GET_REG_WRITABLE_MASKS), as"
                                                + " pairs; those of captures of the same kernel where left out."))
        List<JsonNode> writableMasks,

        @Nullable
        @Schema(
                description = "With registers: ID_AA64MMFR2_EL1.NV of the hardware, where known.",
                minimum = "0",
                maximum = "15")
        Integer hardwareNv,

        @Nullable
        @Schema(
                description = "What the QEMU there does; X_MIG_PROPERTIES where neither this nor qemu is given.",
                implementation = LoadBehaviour.Spec.class)
        String loadBehaviour,

        @Nullable
        @Schema(
                description = "The version of an unpatched QEMU there, instead of loadBehaviour.",
                example = "10.2.1",
                maxLength = 120)
        String qemu,

        @Nullable
        @Schema(
                description =
                        "With TOLERANCES: UPSTREAM for QEMU 11.1's compiled-in table, TABLE for a build that carries the"
                                + " registry's table rendered as tolerances.",
                allowableValues = {"UPSTREAM", "TABLE"},
                defaultValue = "UPSTREAM")
        String tolerances,

        @Nullable @Schema(description = SideFields.CPU, example = "host,pmu=off", maxLength = CpuOptions.LONGEST)
        String cpu)
        implements SideFields {

    /** The load behaviour that this names; X_MIG_PROPERTIES where it names none. */
    public LoadBehaviour behaviour(String field) {
        return behaviour(field + ".", loadBehaviour, qemu, tolerances);
    }

    /** The load behaviour that these three parameters name; X_MIG_PROPERTIES where all are null. */
    public static LoadBehaviour behaviour(
            String prefix, @Nullable String loadBehaviour, @Nullable String qemu, @Nullable String tolerances) {
        if (loadBehaviour != null && qemu != null) {
            throw new InvalidFieldException(
                    prefix + "qemu", qemu, "give either loadBehaviour or qemu: the one follows from the other");
        }
        LoadBehaviour named;
        if (loadBehaviour != null) {
            named = reading(prefix + "loadBehaviour", loadBehaviour, () -> LoadBehaviour.parse(loadBehaviour));
        } else if (qemu != null) {
            named = reading(prefix + "qemu", qemu, () -> LoadBehaviour.of(QemuVersion.parse(qemu)));
        } else {
            named = new LoadBehaviour.XMigProperties();
        }
        if (tolerances == null) {
            return named;
        }
        if (!(named instanceof LoadBehaviour.Tolerances)) {
            throw new InvalidFieldException(
                    prefix + "tolerances",
                    tolerances,
                    "'tolerances' goes with the load behaviour TOLERANCES alone, and this one is " + named.apiName());
        }
        return switch (tolerances) {
            case "UPSTREAM" -> new LoadBehaviour.Tolerances(false);
            case "TABLE" -> new LoadBehaviour.Tolerances(true);
            default ->
                throw new InvalidFieldException(prefix + "tolerances", tolerances, "tolerances is UPSTREAM or TABLE");
        };
    }
}
