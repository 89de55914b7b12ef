package org.migreg.contract.entry;

import static org.migreg.contract.InvalidFieldException.reading;
import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterId;

/** A compat entry as a client gives it. */
@Schema(name = "EntryBody")
public record EntryBody(
        @Schema(
                allowableValues = {"x-mig-hidden-regs", "x-mig-safe-missing-regs"},
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "x-mig-hidden-regs")
        @Nullable
        String property,

        @Schema(
                description = "A register ID in any form: hex, decimal, name, S3_0_C2_C0_3, or as QEMU prints it.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                maxLength = 120,
                example = "KVM_REG_ARM_VENDOR_HYP_BMAP_2")
        @Nullable
        String register,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        KernelsBody kernels,

        @Schema(
                nullable = true,
                description =
                        "Null: safe whatever the value. QEMU hides whatever the value; where a guest's does not meet the condition, the verdict is UNSAFE.")
        @Nullable
        ConditionBody condition,

        @Schema(
                description = "Why, for the next person.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                maxLength = 4000,
                example = "Exposed from 6.16 on; harmless while 0.")
        @Nullable
        String rationale,

        @Schema(description = "Commits, bugs, messages.", example = "[\"linux c0000e58c74e\"]") @Nullable
        List<String> references) {

    /** The entry as a client would give it. */
    public static EntryBody of(EntryContent entry) {
        return new EntryBody(
                entry.property().toString(),
                entry.register().toString(),
                KernelsBody.of(entry.kernels()),
                ConditionBody.of(entry.condition()),
                entry.rationale(),
                entry.references());
    }

    /**
     * The entry that this says.
     *
     * @throws InvalidFieldException when it is none
     */
    public EntryContent toDomain(String machineType) {
        String givenProperty = required("property", property, "x-mig-hidden-regs or x-mig-safe-missing-regs");
        CompatProperty compatProperty = reading("property", givenProperty, () -> CompatProperty.parse(givenProperty));
        String givenRegister = required("register", register, "a register ID, such as TCR2_EL1");
        RegisterId registerId = reading("register", givenRegister, () -> RegisterId.parseLenient(givenRegister));
        if (!registerId.isMigratable()) {
            throw new InvalidFieldException(
                    "register",
                    givenRegister,
                    registerId + " never stands in a register list, so a compat property for it would do nothing: QEMU"
                            + " lists arm64 and arm registers of 4 or 8 bytes other than CORE and SVE ones");
        }
        KernelRange range = required(
                        "kernels",
                        kernels,
                        "the host kernels, such as {\"stream\": \"upstream\", \"range\": \">=6.16\"}")
                .toDomain("kernels");
        ValueCondition valueCondition = condition == null ? null : condition.toDomain("condition");
        String why = required("rationale", rationale, "a sentence that says why");
        List<String> given = Objects.requireNonNullElse(references, List.of());
        for (int i = 0; i < given.size(); i++) {
            required("references[" + i + "]", given.get(i), "a commit, bug or message");
        }
        if (why.isBlank() || why.length() > 4000) {
            throw new InvalidFieldException("rationale", why, "the rationale must say why in 1 to 4,000 characters");
        }
        return reading(
                "references",
                given,
                () -> new EntryContent(machineType, compatProperty, registerId, range, valueCondition, why, given));
    }
}
