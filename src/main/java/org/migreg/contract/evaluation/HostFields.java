package org.migreg.contract.evaluation;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.contract.FieldError;
import org.migreg.contract.InvalidFieldException;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.question.side.SideRequest;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

/** What names the host of either side of a migration. */
public record HostFields(
        @Schema(description = "The id of a capture; then no other field of the host is given.") @Nullable
        CaptureId capture,

        @Schema(
                description =
                        "The name of a known host, for the capture that it has now; then no other field of the host is given.",
                example = "compute-17.example.org",
                maxLength = HostName.LONGEST)
        @Nullable
        HostName host,

        @Schema(
                description = "The host's kernel release (uname -r).",
                example = "6.12.107+deb13-arm64",
                maxLength = 200)
        @Nullable
        KernelRelease kernel,

        @Schema(
                description =
                        "The kernel's package or uname -v, where the release does not tell the patch level (Debian up to 12, Ubuntu).",
                example = "Debian linux 6.12.107-1",
                maxLength = 200)
        @Nullable
        String kernelPackage,

        @Schema(example = "neoverse-v1", maxLength = 100) @Nullable
        String cpuModel,

        @Schema(defaultValue = "kvm") @Nullable Accelerator accelerator,

        @Schema(
                description =
                        "To look up: the name of the captured vCPU feature set; qemu-host where left out, which is what -cpu host asks for.",
                example = "qemu-host",
                maxLength = 100)
        @Nullable
        String vcpuFeatureSet,

        @Schema(description = "To look up: the vCPU features of the capture, all of them.") @Nullable
        List<String> vcpuFeatures,

        @ArraySchema(
                arraySchema =
                        @Schema(
                                description =
                                        "The register list of the QEMU there, before hiding; with values where known."),
                minItems = 1)
        @Nullable
        RegisterList registers) {

    public HostFields {
        List<FieldError> wrong = new ArrayList<>();
        if (capture != null) {
            refuseBeside("capture", "host", host, wrong);
        }
        String given = given(capture, host);
        if (given != null) {
            refuseBeside(given, "kernel", kernel, wrong);
            refuseBeside(given, "kernelPackage", kernelPackage, wrong);
            refuseBeside(given, "cpuModel", cpuModel, wrong);
            refuseBeside(given, "accelerator", accelerator, wrong);
            refuseBeside(given, "vcpuFeatureSet", vcpuFeatureSet, wrong);
            refuseBeside(given, "vcpuFeatures", vcpuFeatures, wrong);
            refuseBeside(given, "registers", registers == null ? null : registers.size() + " registers", wrong);
        } else {
            if (registers != null) {
                refuseBeside("registers", "vcpuFeatureSet", vcpuFeatureSet, wrong);
                refuseBeside("registers", "vcpuFeatures", vcpuFeatures, wrong);
            }
            if (kernel == null && kernelPackage != null) {
                wrong.add(new FieldError(
                        "kernelPackage", null, kernelPackage, "'kernelPackage' goes with 'kernel', which is missing"));
            } else if (kernel == null && registers == null) {
                wrong.add(new FieldError(
                        "",
                        null,
                        null,
                        "no host is named here: give its name, a capture, or registers, or a kernel to look up"));
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidFieldException(wrong);
        }
        if (kernel != null && kernelPackage != null) {
            String release = kernel.text();
            String described = kernelPackage;
            kernel = reading("kernelPackage", described, () -> KernelRelease.parse(release, described));
        }
        vcpuFeatures = vcpuFeatures == null ? null : List.copyOf(vcpuFeatures);
    }

    private static @Nullable String given(@Nullable CaptureId capture, @Nullable HostName host) {
        return capture != null ? "capture" : host != null ? "host" : null;
    }

    static void refuseBeside(String given, String other, @Nullable Object value, List<FieldError> wrong) {
        if (value != null) {
            wrong.add(new FieldError(
                    other,
                    null,
                    value.toString(),
                    "'" + other + "' does not go with '" + given + "', which says it already"));
        }
    }

    /**
     * What is asked for.
     *
     * @param captureOf the capture that a known host has
     * @param masks with registers: the kernel's writable masks, where given
     * @param hardwareNv with registers: the hardware's NV, where given
     */
    SideRequest request(
            Function<HostName, CaptureId> captureOf, @Nullable WritableMasks masks, @Nullable Integer hardwareNv) {
        if (capture != null) {
            return new SideRequest.OfCapture(capture);
        }
        if (host != null) {
            return new SideRequest.OfCapture(captureOf.apply(host));
        }
        Accelerator running = Objects.requireNonNullElse(accelerator, Accelerator.KVM);
        return registers == null
                ? new SideRequest.OfHost(
                        Objects.requireNonNull(kernel, "kernel"),
                        kernelPackage,
                        cpuModel,
                        null,
                        running,
                        vcpuFeatureSet,
                        vcpuFeatures)
                : new SideRequest.OfRegisters(registers, kernel, cpuModel, running, masks, hardwareNv);
    }
}
