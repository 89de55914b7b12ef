package org.migreg.contract.entry;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.ValueCondition;

/** A compat entry as the registry has it. */
@Schema(name = "Entry")
public record EntryView(
        @Schema(description = "Never used again after a deletion.", example = "7")
        long id,

        @Schema(example = "virt-10.2") String machineType,
        @Schema(example = "x-mig-hidden-regs") String property,
        @Schema(example = "0x6030000000160003") String register,
        @Schema(example = "KVM_REG_ARM_VENDOR_HYP_BMAP_2") String registerName,
        KernelRange kernels,
        @Schema(nullable = true) @Nullable ValueCondition condition,
        String rationale,
        List<String> references) {

    public static EntryView of(PolicyEntry entry) {
        return new EntryView(
                entry.id(),
                entry.machineType(),
                entry.property().toString(),
                entry.register().toString(),
                entry.register().name(),
                entry.kernels(),
                entry.condition(),
                entry.rationale(),
                entry.references());
    }

    public static @Nullable EntryView ofNullable(@Nullable PolicyEntry entry) {
        return entry == null ? null : of(entry);
    }
}
