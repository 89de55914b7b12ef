package org.migreg.question.fleet;

import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.qemu.Accelerator;

/** What two hosts must have in common for a live migration between them to be meant at all. */
public record HostKind(
        @Nullable String cpuModel,
        Accelerator accelerator,
        @Nullable String vcpuFeatureSet) {

    public static HostKind of(Capture capture) {
        return new HostKind(capture.cpuModel(), capture.accelerator(), capture.vcpuFeatureSet());
    }

    @Override
    public String toString() {
        return (cpuModel == null ? "unknown CPU model" : cpuModel) + ", " + accelerator
                + (vcpuFeatureSet == null ? "" : ", " + vcpuFeatureSet);
    }
}
