package org.migreg.contract;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;

/** A host kernel as it was understood. */
@Schema(name = "Kernel")
public record KernelView(
        @Schema(description = "uname -r", example = "6.12.107+deb13-arm64")
        String release,

        @Schema(example = "debian") String stream,

        @Schema(description = "The upstream release that its numbers name.", example = "6.12.107")
        String base,

        @Schema(nullable = true, description = "The package's version, where known.", example = "6.12.107-1") @Nullable
        String packageVersion,

        @Schema(description = "Whether the stable patch level is known.")
        boolean patchLevelKnown) {

    public static KernelView of(KernelRelease kernel) {
        return new KernelView(
                kernel.text(),
                kernel.kernelStream().toString(),
                kernel.base().toString(),
                kernel.packageVersion(),
                kernel.patchLevelKnown());
    }

    public static @Nullable KernelView ofNullable(@Nullable KernelRelease kernel) {
        return kernel == null ? null : of(kernel);
    }
}
