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

    public CaptureQuery {
        if (kernelRelease != null && kernelRelease.startsWith("v")) {
            kernelRelease = kernelRelease.substring(1);
        }
        if (vcpuFeatures != null) {
            vcpuFeatures = List.copyOf(new TreeSet<>(vcpuFeatures));
        }
    }
}
