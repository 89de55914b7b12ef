package org.migreg.contract.table;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.qemu.MachineType;

/** A machine type as a client gives it. */
@Schema(name = "MachineTypeBody")
public record MachineTypeBody(
        @Schema(
                description = "What -M takes. Needed to create one; a machine type keeps its name.",
                example = "virt-10.1",
                maxLength = 64,
                pattern = "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
        @Nullable
        String name,

        @Schema(
                description = "The guest architecture.",
                allowableValues = {"aarch64", "arm"},
                defaultValue = "aarch64")
        @Nullable
        String architecture,

        @Schema(
                description = "The next newer machine type, whose entries this one inherits; null for the newest.",
                example = "virt-10.2",
                nullable = true)
        @Nullable
        String inheritsFrom,

        @Schema(maxLength = 2000) @Nullable String description) {

    /** The machine type as a client would give it. */
    public static MachineTypeBody of(MachineType machineType) {
        return new MachineTypeBody(
                machineType.name(), machineType.architecture(), machineType.inheritsFrom(), machineType.description());
    }

    /**
     * The machine type that this says.
     *
     * @param kept the name that it has, which this may leave out; null for a new one
     * @throws InvalidFieldException when it is none, or has another name
     */
    public MachineType toDomain(@Nullable String kept) {
        if (kept != null && name != null && !name.equals(kept)) {
            throw new InvalidFieldException(
                    "name",
                    name,
                    "a machine type keeps its name for life: this one is " + kept + "; create another instead");
        }
        String given = InvalidFieldException.required(
                "name", kept == null ? name : kept, "the machine type's name, such as virt-10.1");
        return reading(
                "name",
                given,
                () -> new MachineType(
                        given,
                        Objects.requireNonNullElse(architecture, "aarch64"),
                        inheritsFrom,
                        Objects.requireNonNullElse(description, "")));
    }
}
