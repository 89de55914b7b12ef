package org.migreg.question.drift;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.Hex;

/**
 * What hosts must have in common to list the same registers with the same values: kernel build, CPU and what the vCPU
 * was asked for. A list that QEMU sent depends on QEMU and the machine type as well.
 *
 * @param kernelPackage the package's version, or else the package as it was given
 * @param cpu the CPU model, or else the MIDR in hex
 */
public record HostKind(
        KernelRelease kernel,
        @Nullable String kernelPackage,
        String cpu,
        Accelerator accelerator,
        @Nullable String vcpuFeatureSet,
        List<String> vcpuFeatures,
        @Nullable QemuVersion qemu,
        @Nullable String machineType) {

    static final Comparator<HostKind> ORDER = comparing(HostKind::kernel, KernelRelease.LISTING_ORDER)
            .thenComparing(HostKind::kernelPackage, nullsFirst(naturalOrder()))
            .thenComparing(HostKind::cpu)
            .thenComparing(HostKind::accelerator)
            .thenComparing(HostKind::vcpuFeatureSet, nullsFirst(naturalOrder()))
            .thenComparing(kind -> String.join(",", kind.vcpuFeatures()))
            .thenComparing(kind -> String.valueOf(kind.qemu()))
            .thenComparing(HostKind::machineType, nullsFirst(naturalOrder()));

    public HostKind {
        vcpuFeatures = List.copyOf(vcpuFeatures);
    }

    /** Empty where the capture's kernel is not known, or neither its CPU model nor its MIDR is. */
    static Optional<HostKind> of(Capture capture) {
        KernelRelease kernel = capture.kernel();
        String cpu = cpu(capture);
        if (kernel == null || cpu == null) {
            return Optional.empty();
        }
        String version = kernel.packageVersion();
        return Optional.of(new HostKind(
                kernel,
                version == null ? capture.kernelPackage() : version,
                cpu,
                capture.accelerator(),
                capture.vcpuFeatureSet(),
                capture.vcpuFeatures(),
                capture.qemu(),
                capture.machineType()));
    }

    private static @Nullable String cpu(Capture capture) {
        if (capture.cpuModel() != null) {
            return capture.cpuModel();
        }
        Long midr = capture.midr();
        return midr == null ? null : Hex.word(midr);
    }

    /** Whether the lists are of guests that ran: their values are the guests', not the hosts'. */
    boolean isOfRunningGuests() {
        return machineType != null;
    }
}
