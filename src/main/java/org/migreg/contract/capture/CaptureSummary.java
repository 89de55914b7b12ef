package org.migreg.contract.capture;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.StoredCapture;
import org.migreg.contract.KernelView;
import org.migreg.register.Hex;
import org.migreg.register.Midr;

/** A capture without its registers. */
@Schema(name = "CaptureSummary")
public record CaptureSummary(
        @Schema(description = "The digest of its content.", pattern = "sha256:[0-9a-f]{64}")
        String id,

        @Schema(
                description = "The digest of the list alone: equal for hosts that list the same.",
                pattern = "sha256:[0-9a-f]{64}")
        String listDigest,

        @Schema(nullable = true) @Nullable KernelView kernel,

        @Schema(nullable = true, name = "package", example = "Debian linux 6.12.107-1")
        @JsonProperty("package")
        @Nullable
        String kernelPackage,

        @Schema(nullable = true, example = "neoverse-v1") @Nullable
        String cpuModel,

        @Schema(nullable = true, example = "0x00000000411fd402") @Nullable
        String midr,

        @Schema(nullable = true, description = "The MIDR in words.", example = "Arm Neoverse-V1 r1p2") @Nullable
        String processor,

        @Schema(example = "kvm") String accelerator,
        @Schema(nullable = true) @Nullable String qemu,
        @Schema(nullable = true) @Nullable String machineType,

        @Schema(nullable = true, example = "qemu-host") @Nullable
        String vcpuFeatureSet,

        List<String> vcpuFeatures,

        @Schema(nullable = true, minimum = "0", maximum = "15") @Nullable
        Integer hardwareNv,

        @Schema(description = "How the list was taken.") String source,

        @Schema(description = "How many registers it has.", example = "269")
        int registerCount,

        @Schema(description = "How many of them have a value.", example = "269")
        int valueCount,

        @Schema(description = "How many writable masks it has.", example = "51")
        int maskCount,

        @Schema(nullable = true, description = "Null for what a dry run does not store.") @Nullable
        Instant addedAt,

        @Schema(nullable = true, description = "The revision that last changed it.") @Nullable
        Long revision) {

    private static @Nullable String processor(long midr) {
        try {
            return new Midr(midr).describe();
        } catch (IllegalArgumentException notAMidr) {
            return null;
        }
    }

    /** Of a capture that is not stored. */
    public static CaptureSummary of(String id, Capture capture) {
        return of(id, capture, null, null);
    }

    /** Of a capture that is stored. */
    public static CaptureSummary of(StoredCapture stored) {
        return of(stored.id().text(), stored.capture(), stored.addedAt(), stored.revision());
    }

    private static CaptureSummary of(String id, Capture capture, @Nullable Instant addedAt, @Nullable Long revision) {
        var masks = capture.masks();
        return new CaptureSummary(
                id,
                capture.listDigest().text(),
                KernelView.ofNullable(capture.kernel()),
                capture.kernelPackage(),
                capture.cpuModel(),
                capture.midr() == null ? null : Hex.word(capture.midr()),
                capture.midr() == null ? null : processor(capture.midr()),
                capture.accelerator().toString(),
                capture.qemu() == null ? null : capture.qemu().text(),
                capture.machineType(),
                capture.vcpuFeatureSet(),
                capture.vcpuFeatures(),
                capture.hardwareNv(),
                capture.origin(),
                capture.registers().size(),
                capture.registers().valueCount(),
                masks == null ? 0 : masks.masks().size(),
                addedAt,
                revision);
    }
}
