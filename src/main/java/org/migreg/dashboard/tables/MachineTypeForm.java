package org.migreg.dashboard.tables;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.table.MachineTypeBody;
import org.migreg.qemu.MachineType;

/**
 * A machine type as a form has it.
 *
 * @param inheritsFrom empty for none
 * @param version the revision that last changed it when the form was opened; null for a new one
 */
public record MachineTypeForm(
        String name,
        String architecture,
        String inheritsFrom,
        String description,
        String reason,
        @Nullable Long version) {

    public MachineTypeForm(
            @Nullable String name,
            @Nullable String architecture,
            @Nullable String inheritsFrom,
            @Nullable String description,
            @Nullable String reason,
            @Nullable Long version) {
        this.name = Objects.requireNonNullElse(name, "").strip();
        this.architecture = Objects.requireNonNullElse(architecture, "aarch64").strip();
        this.inheritsFrom = Objects.requireNonNullElse(inheritsFrom, "").strip();
        this.description = Objects.requireNonNullElse(description, "").strip().replace("\r\n", "\n");
        this.reason = Objects.requireNonNullElse(reason, "");
        this.version = version;
    }

    static MachineTypeForm of(MachineType machineType, long version) {
        return new MachineTypeForm(
                machineType.name(),
                machineType.architecture(),
                machineType.inheritsFrom(),
                machineType.description(),
                "",
                version);
    }

    MachineTypeForm named(String other) {
        return new MachineTypeForm(other, architecture, inheritsFrom, description, reason, version);
    }

    MachineTypeForm withVersion(long other) {
        return new MachineTypeForm(name, architecture, inheritsFrom, description, reason, other);
    }

    /** @throws org.migreg.contract.InvalidFieldException when it is none */
    MachineType toDomain() {
        return new MachineTypeBody(name, architecture, inheritsFrom.isEmpty() ? null : inheritsFrom, description)
                .toDomain(null);
    }
}
