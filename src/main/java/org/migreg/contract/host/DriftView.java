package org.migreg.contract.host;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.ItemsView;
import org.migreg.contract.KernelView;
import org.migreg.contract.entry.EntryView;
import org.migreg.contract.register.RegisterView;

/** Where hosts of one kind do not list the same. */
@Schema(name = "Drift")
public record DriftView(
        @Schema(description = "Hosts whose list leaves the baseline of their kernel; one item a capture.")
        ItemsView<Item> hosts,

        @Schema(description = "Captures that disagree with others of the same kernel, whether a host has them or not.")
        ItemsView<Item> kernels) {

    private static final String KNOWN_EVENTS =
            "Entries of any machine type that name the register: the known events that may explain it.";

    /** A capture that leaves the baseline. */
    @Schema(name = "DriftItem")
    public record Item(
            Kind kind,

            @Schema(
                    description = "The capture that most hosts of the kind have; of several the one seen first.",
                    pattern = "sha256:[0-9a-f]{64}")
            String baseline,

            @Schema(description = "How many hosts have the baseline's list.")
            long baselineHosts,

            @Schema(description = "Whether another list has as many hosts, so that either could be the right one.")
            boolean tied,

            @Schema(description = "The capture that leaves the baseline.", pattern = "sha256:[0-9a-f]{64}")
            String capture,

            @Schema(description = "How many hosts have it.") long hostCount,

            @Schema(description = "The first of them by name; all are at /api/v1/hosts?capture=.")
            List<String> hosts,

            @Schema(description = "Registers that only this capture has.")
            List<DriftedRegister> added,

            @Schema(description = "Registers that only the baseline has.")
            List<DriftedRegister> missing,

            @Schema(description = "Registers with another value; counters are not compared.")
            List<ChangedValue> changed) {}

    /** What the hosts have in common. */
    @Schema(name = "HostKind")
    public record Kind(
            KernelView kernel,

            @Schema(nullable = true, name = "package", example = "6.12.107-1") @JsonProperty("package") @Nullable
            String kernelPackage,

            @Schema(description = "The CPU model, or the MIDR.", example = "neoverse-v1")
            String cpu,

            @Schema(example = "kvm") String accelerator,

            @Schema(nullable = true, example = "qemu-host") @Nullable
            String vcpuFeatureSet,

            List<String> vcpuFeatures,
            @Schema(nullable = true) @Nullable String qemu,
            @Schema(nullable = true) @Nullable String machineType) {}

    /** A register that one side alone has. */
    @Schema(name = "DriftedRegister")
    public record DriftedRegister(
            RegisterView register,

            @Schema(description = KNOWN_EVENTS) List<EntryView> knownEvents) {}

    /** A register with two values. */
    @Schema(name = "DriftedValue")
    public record ChangedValue(
            RegisterView register,
            @Schema(example = "0x0") String baseline,
            @Schema(example = "0x1") String value,

            @Schema(description = KNOWN_EVENTS) List<EntryView> knownEvents) {}
}
