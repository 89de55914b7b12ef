package org.migreg.policy;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.MachineType;

/** What two versions of one machine type can differ in, in the order in which people read it. */
public enum MachineTypeField {
    ARCHITECTURE("architecture", MachineType::architecture),
    INHERITS_FROM("inheritsFrom", MachineType::inheritsFrom),
    DESCRIPTION("description", MachineType::description);

    private final String fieldName;
    private final Function<MachineType, @Nullable String> value;

    MachineTypeField(String fieldName, Function<MachineType, @Nullable String> value) {
        this.fieldName = fieldName;
        this.value = value;
    }

    /** What the machine type says here; empty where it says nothing. */
    public String text(MachineType machineType) {
        return Objects.requireNonNullElse(value.apply(machineType), "");
    }

    /** The field's name in files and in the API. */
    @Override
    public String toString() {
        return fieldName;
    }
}
