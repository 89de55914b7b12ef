package org.migreg.contract.table;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.MachineType;

/** A machine type as the registry has it. */
@Schema(name = "MachineType")
public record MachineTypeView(
        @Schema(example = "virt-10.1") String name,
        @Schema(example = "aarch64") String architecture,

        @Schema(nullable = true, example = "virt-10.2") @Nullable
        String inheritsFrom,

        String description,

        @Schema(description = "This machine type and those it inherits from, itself first.")
        List<String> inheritanceChain,

        @Schema(description = "How many entries of its own it has.")
        int ownEntries,

        @Schema(description = "The revision that last changed it; its ETag begins with it.")
        long revision) {

    public static MachineTypeView of(MachineType machineType, PolicyTable table, long revision) {
        return new MachineTypeView(
                machineType.name(),
                machineType.architecture(),
                machineType.inheritsFrom(),
                machineType.description(),
                table.inheritanceChain(machineType.name()),
                table.ownEntries(machineType.name()).size(),
                revision);
    }
}
