package org.migreg.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.MachineType;

/** What two versions of one machine type can differ in, in the order in which people read it. */
public enum MachineTypeField {
    ARCHITECTURE("architecture"),
    INHERITS_FROM("inheritsFrom"),
    DESCRIPTION("description");

    private final String fieldName;

    MachineTypeField(String fieldName) {
        this.fieldName = fieldName;
    }

    /** What the machine type says here; empty where it says nothing. */
    public String text(MachineType machineType) {
        return Objects.requireNonNullElse(value(machineType), "");
    }

    private @Nullable String value(MachineType machineType) {
        return switch (this) {
            case ARCHITECTURE -> machineType.architecture();
            case INHERITS_FROM -> machineType.inheritsFrom();
            case DESCRIPTION -> machineType.description();
        };
    }

    /** The field's name in files and in the API. */
    @Override
    public String toString() {
        return fieldName;
    }
}
