package org.migreg.question.side;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

/**
 * How a caller names one side of a migration: a capture, its own registers, or a kind of host to be
 * looked up among the captures.
 */
public sealed interface SideRequest {

    /** The host or guest of this capture. */
    record OfCapture(CaptureId capture) implements SideRequest {}

    /**
     * Registers given in the request.
     *
     * @param kernel the host's kernel; null where not known
     * @param cpuModel the host's CPU model, which its hardware's NV is looked up by
     * @param masks the host's writable masks; null to take those of captures of the same kernel
     * @param hardwareNv the hardware's ID_AA64MMFR2_EL1.NV, 0 to 15; null to look it up
     */
    record OfRegisters(
            RegisterList registers,
            @Nullable KernelRelease kernel,
            @Nullable String cpuModel,
            Accelerator accelerator,
            @Nullable WritableMasks masks,
            @Nullable Integer hardwareNv)
            implements SideRequest {}

    /**
     * A kind of host. What is null does not restrict; where captures of several vCPU feature sets
     * match, {@code qemu-host} is meant, which is what QEMU's {@code -cpu host} asks for.
     *
     * @param kernelPackage the kernel's package, as text that contains its version
     * @param midr the processor that the guest has seen: where captures of several CPU models match, those of this
     *     processor are meant; null where that is not known
     */
    record OfHost(
            KernelRelease kernel,
            @Nullable String kernelPackage,
            @Nullable String cpuModel,
            @Nullable Long midr,
            Accelerator accelerator,
            @Nullable String vcpuFeatureSet,
            @Nullable List<String> vcpuFeatures)
            implements SideRequest {}
}
