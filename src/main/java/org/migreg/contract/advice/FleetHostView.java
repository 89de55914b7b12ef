package org.migreg.contract.advice;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;

/** A captured host. */
@Schema(name = "FleetHost")
public record FleetHostView(
        @Schema(description = "The capture's id.") String capture,

        @Schema(nullable = true, example = "6.12.107+deb13-arm64") @Nullable
        String kernel,

        @Schema(nullable = true, example = "neoverse-v1") @Nullable
        String cpuModel,

        @Schema(example = "kvm") String accelerator,

        @Schema(nullable = true, example = "qemu-host") @Nullable
        String vcpuFeatureSet) {

    public static FleetHostView of(CapturedHosts known, CapturedHost host) {
        Capture capture = host.capture();
        KernelRelease kernel = host.kernel();
        return new FleetHostView(
                known.captureOf(host).text(),
                kernel == null ? null : kernel.text(),
                capture.cpuModel(),
                capture.accelerator().toString(),
                capture.vcpuFeatureSet());
    }
}
