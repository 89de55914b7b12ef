package org.migreg.contract.entry;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.FieldError;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.json.Required;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterId;

/** A compat entry as a client gives it. */
@Schema(name = "EntryBody")
public record EntryBody(
        @Schema(example = "x-mig-hidden-regs") @Required("x-mig-hidden-regs or x-mig-safe-missing-regs")
        CompatProperty property,

        @Schema(
                description = "A register ID in any form: hex, decimal, name, S3_0_C2_C0_3, or as QEMU prints it.",
                maxLength = 120,
                example = "KVM_REG_ARM_VENDOR_HYP_BMAP_2")
        @Required("a register ID, such as TCR2_EL1")
        RegisterId register,

        @Schema(description = "The hosts where QEMU must set the property.")
        @Required("the host kernels, such as {\"stream\": \"upstream\", \"range\": \">=6.16\"}")
        KernelRange kernels,

        @Schema(
                nullable = true,
                description =
                        "Null: safe whatever the value. QEMU hides whatever the value; where a guest's does not meet the condition, the verdict is UNSAFE.")
        @Nullable
        ValueCondition condition,

        @Schema(
                description = "Why, for the next person.",
                maxLength = 4000,
                example = "Exposed from 6.16 on; harmless while 0.")
        @Required("a sentence that says why")
        String rationale,

        @Schema(description = "Commits, bugs, messages.", example = "[\"linux c0000e58c74e\"]") @Nullable
        List<String> references) {

    public EntryBody {
        List<FieldError> wrong = new ArrayList<>();
        if (!register.isMigratable()) {
            wrong.add(new FieldError(
                    "register",
                    null,
                    register.toString(),
                    register + " never stands in a register list, so a compat property for it would do nothing: QEMU"
                            + " lists arm64 and arm registers of 4 or 8 bytes other than CORE and SVE ones"));
        }
        if (rationale.isBlank() || rationale.length() > 4000) {
            wrong.add(new FieldError(
                    "rationale", null, rationale, "the rationale must say why in 1 to 4,000 characters"));
        }
        if (!wrong.isEmpty()) {
            throw new InvalidFieldException(wrong);
        }
        List<String> given = List.copyOf(Objects.requireNonNullElse(references, List.of()));
        references = reading(
                        "references",
                        given,
                        () -> new EntryContent("", property, register, kernels, condition, rationale, given))
                .references();
    }

    /** The entry as a client would give it. */
    public static EntryBody of(EntryContent entry) {
        return new EntryBody(
                entry.property(),
                entry.register(),
                entry.kernels(),
                entry.condition(),
                entry.rationale(),
                entry.references());
    }

    /** The entry that this says, of this machine type. */
    public EntryContent toDomain(String machineType) {
        return new EntryContent(
                machineType,
                property,
                register,
                kernels,
                condition,
                rationale,
                Objects.requireNonNullElse(references, List.of()));
    }
}
