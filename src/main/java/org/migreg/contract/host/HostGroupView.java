package org.migreg.contract.host;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.contract.KernelView;

/** How many hosts have a capture. */
@Schema(name = "HostGroup")
public record HostGroupView(
        @Schema(pattern = "sha256:[0-9a-f]{64}") String capture,

        @Schema(nullable = true) @Nullable KernelView kernel,

        @Schema(nullable = true, example = "neoverse-v1") @Nullable
        String cpuModel,

        @Schema(nullable = true, example = "qemu-host") @Nullable
        String vcpuFeatureSet,

        @Schema(description = "How many hosts have it.", minimum = "1", example = "2048")
        long hosts) {

    /** @param content the content of the capture; null where it is not known here yet */
    public static HostGroupView of(String captureId, @Nullable Capture content, long hosts) {
        return new HostGroupView(
                captureId,
                content == null ? null : KernelView.ofNullable(content.kernel()),
                content == null ? null : content.cpuModel(),
                content == null ? null : content.vcpuFeatureSet(),
                hosts);
    }
}
