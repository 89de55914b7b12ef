package org.migreg.contract.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.KernelView;
import org.migreg.contract.entry.EntryView;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.RangeMatch;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;

/** What a machine type sets on hosts with one kernel. */
@Schema(name = "EffectivePolicy")
public record EffectivePolicyView(
        @Schema(example = "virt-10.1") String machineType,
        @Schema(nullable = true) @Nullable KernelView kernel,
        @Schema(description = "The revision of the tables.") long policyRevision,
        List<String> inheritanceChain,
        Properties properties) {

    /** Both properties. */
    @Schema(name = "EffectiveProperties")
    public record Properties(
            @JsonProperty("x-mig-hidden-regs") PropertyArray hidden,
            @JsonProperty("x-mig-safe-missing-regs") PropertyArray safeMissing) {}

    /** One property's merged array. */
    @Schema(name = "PropertyArray")
    public record PropertyArray(
            @Schema(
                    description = "The property's value, ready to paste; empty where nothing is to be set.",
                    example = "0x603000000013c103,0x603000000013c512")
            String value,

            @Schema(
                    nullable = true,
                    description = "The same as a QEMU option.",
                    example = "-global arm-cpu.x-mig-safe-missing-regs=0x603000000013c103,0x603000000013c512")
            @Nullable
            String commandLine,

            List<Element> registers) {}

    /** One register of the array. */
    @Schema(name = "PropertyElement")
    public record Element(
            String register,
            String registerName,

            @Schema(
                    description =
                            "Whether some entry surely applies. Where not, the register is left out of the value: give the"
                                    + " kernel's package version.")
            boolean decided,

            @Schema(description = "The entries that ask for it, own ones first.")
            List<Origin> origins) {}

    /** An entry that asks for a register. */
    @Schema(name = "ElementOrigin")
    public record Origin(
            EntryView entry,

            @Schema(description = "Whether it belongs to a machine type that this one inherits from.")
            boolean inherited,

            @Schema(description = "Whether its kernel range surely has the kernel.")
            boolean decided,

            @Schema(description = "Why.") String reason) {}

    public static EffectivePolicyView of(
            String machineType,
            @Nullable KernelRelease kernel,
            long revision,
            List<String> chain,
            EffectivePolicy policy) {
        return new EffectivePolicyView(
                machineType,
                KernelView.ofNullable(kernel),
                revision,
                chain,
                new Properties(
                        array(machineType, policy, CompatProperty.HIDDEN_REGS),
                        array(machineType, policy, CompatProperty.SAFE_MISSING_REGS)));
    }

    private static PropertyArray array(String machineType, EffectivePolicy policy, CompatProperty property) {
        String value = policy.propertyValue(property);
        List<Element> elements = policy.elements(property).stream()
                .map(element -> new Element(
                        element.register().toString(),
                        element.register().name(),
                        element.isDecided(),
                        element.origins().stream()
                                .map(origin -> new Origin(
                                        EntryView.of(origin.entry()),
                                        !origin.entry().machineType().equals(machineType),
                                        origin.match() instanceof RangeMatch.Matches,
                                        origin.match().reason()))
                                .toList()))
                .toList();
        return new PropertyArray(value, value.isEmpty() ? null : "-global arm-cpu." + property + "=" + value, elements);
    }
}
