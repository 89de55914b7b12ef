package org.migreg.capture;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;

/**
 * Which captures are wanted; null restricts nothing.
 *
 * @param kernelRelease as {@code uname -r} prints it, with or without the {@code v} of an upstream tag
 * @param kernelPackage the package's text, or its version alone
 * @param vcpuFeatures exactly these, in any order
 * @param qemu this version; one without a distribution's suffix takes those with any suffix too
 */
public record CaptureQuery(
        @Nullable String kernelRelease,
        @Nullable String kernelPackage,
        @Nullable String cpuModel,
        @Nullable Accelerator accelerator,
        @Nullable String vcpuFeatureSet,
        @Nullable List<String> vcpuFeatures,
        @Nullable String machineType,
        @Nullable QemuVersion qemu) {

    /** Takes every capture. */
    public static final CaptureQuery ALL = new CaptureQuery(null, null, null, null, null, null, null, null);

    public CaptureQuery {
        if (kernelRelease != null && kernelRelease.startsWith("v")) {
            kernelRelease = kernelRelease.substring(1);
        }
        if (vcpuFeatures != null) {
            vcpuFeatures = List.copyOf(new TreeSet<>(vcpuFeatures));
        }
    }

    /** Every capture of this kernel. */
    public static CaptureQuery ofKernel(String kernelRelease) {
        return new CaptureQuery(kernelRelease, null, null, null, null, null, null, null);
    }

    public CaptureQuery withCpuModel(@Nullable String wanted) {
        return new CaptureQuery(
                kernelRelease, kernelPackage, wanted, accelerator, vcpuFeatureSet, vcpuFeatures, machineType, qemu);
    }

    public CaptureQuery withAccelerator(@Nullable Accelerator wanted) {
        return new CaptureQuery(
                kernelRelease, kernelPackage, cpuModel, wanted, vcpuFeatureSet, vcpuFeatures, machineType, qemu);
    }

    public CaptureQuery withVcpuFeatureSet(@Nullable String wanted) {
        return new CaptureQuery(
                kernelRelease, kernelPackage, cpuModel, accelerator, wanted, vcpuFeatures, machineType, qemu);
    }
}
