package org.migreg.contract.evaluation;

import static org.migreg.contract.InvalidFieldException.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.contract.InvalidFieldException;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;
import tools.jackson.databind.JsonNode;

/** What both sides of a migration have in common, and how to read it. */
public sealed interface SideFields permits SourceBody, DestinationBody {

    String CAPTURE = "The id of a capture; then no other field of the host is given.";
    String HOST =
            "The name of a known host, for the capture that it has now; then no other field of the host is given.";
    String KERNEL = "The host's kernel release (uname -r).";
    String KERNEL_PACKAGE =
            "The kernel's package or uname -v, where the release does not tell the patch level (Debian up to 12, Ubuntu).";
    String FEATURE_SET =
            "To look up: the name of the captured vCPU feature set; qemu-host where left out, which is what -cpu host asks for.";
    String FEATURES = "To look up: the vCPU features of the capture, all of them.";
    String REGISTERS = "The register list of the QEMU there, before hiding; with values where known.";

    String SOURCE_QEMU =
            "The version of the source's QEMU: an unpatched one, unless xMigProperties says that it carries the properties.";
    String CPU =
            "What guest CPU QEMU is given: its -cpu option, and the machine's virtualization=on among the properties. -cpu host"
                    + " where nothing says it; the destination's is the source's where left out.";

    /** As {@code -cpu} takes it. */
    @Nullable
    String cpu();

    /** The version of the QEMU there. */
    @Nullable
    String qemu();

    /** The CPU options that it gives; null where it gives none. */
    default @Nullable CpuOptions cpuOptions(String field) {
        String text = cpu();
        return text == null ? null : reading(field + ".cpu", text, () -> CpuOptions.parse(text));
    }

    /** The version that it gives; null where it gives none. */
    default @Nullable QemuVersion qemuVersion(String field) {
        String text = qemu();
        return text == null ? null : reading(field + ".qemu", text, () -> QemuVersion.parse(text));
    }

    @Nullable
    String capture();

    @Nullable
    String host();

    @Nullable
    String kernel();

    @Nullable
    String kernelPackage();

    @Nullable
    String cpuModel();

    @Nullable
    String accelerator();

    @Nullable
    String vcpuFeatureSet();

    @Nullable
    List<String> vcpuFeatures();

    @Nullable
    List<JsonNode> registers();

    /** What a side names, in domain values. */
    sealed interface Named {
        /** A capture. */
        record OfCapture(CaptureId capture) implements Named {}

        /** A host by its name. */
        record OfKnownHost(String name) implements Named {}

        /** Registers. */
        record OfRegisters(
                RegisterList registers,
                @Nullable KernelRelease kernel,
                @Nullable String cpuModel,
                Accelerator accelerator,
                @Nullable WritableMasks masks,
                @Nullable Integer hardwareNv)
                implements Named {}

        /** A kind of host. */
        record OfHost(
                KernelRelease kernel,
                @Nullable String kernelPackage,
                @Nullable String cpuModel,
                Accelerator accelerator,
                @Nullable String vcpuFeatureSet,
                @Nullable List<String> vcpuFeatures)
                implements Named {}
    }

    /**
     * Reads the side.
     *
     * @param field its path in the request, such as {@code source}
     * @throws InvalidFieldException when it names nothing, or two things
     */
    default Named named(String field) {
        List<JsonNode> givenMasks = this instanceof DestinationBody d ? d.writableMasks() : null;
        Integer givenNv = this instanceof DestinationBody d ? d.hardwareNv() : null;
        String captureText = capture();
        if (captureText != null) {
            refuseBeside(field, "capture", "host", host());
            refuseKindBeside(field, "capture", givenMasks, givenNv);
            return new Named.OfCapture(reading(field + ".capture", captureText, () -> new CaptureId(captureText)));
        }
        String name = host();
        if (name != null) {
            refuseKindBeside(field, "host", givenMasks, givenNv);
            return new Named.OfKnownHost(name);
        }
        Accelerator running = acceleratorOr(field, Accelerator.KVM);
        KernelRelease release = release(field);
        List<JsonNode> givenRegisters = registers();
        if (givenRegisters != null) {
            refuseBeside(field, "registers", "vcpuFeatureSet", vcpuFeatureSet());
            refuseBeside(field, "registers", "vcpuFeatures", vcpuFeatures());
            RegisterList list = RegistersReader.registers(field + ".registers", givenRegisters);
            if (givenNv != null && (givenNv < 0 || givenNv > 15)) {
                throw new InvalidFieldException(field + ".hardwareNv", givenNv, "hardwareNv is 0 to 15");
            }
            return new Named.OfRegisters(
                    list,
                    release,
                    cpuModel(),
                    running,
                    givenMasks == null ? null : RegistersReader.masks(field + ".writableMasks", givenMasks),
                    givenNv);
        }
        refuseWithout(field, "registers", "writableMasks", givenMasks);
        refuseWithout(field, "registers", "hardwareNv", givenNv);
        if (release == null) {
            throw new InvalidFieldException(
                    field,
                    null,
                    "'" + field + "' names no host: give its name, a capture, or registers, or a kernel to look up");
        }
        return new Named.OfHost(release, kernelPackage(), cpuModel(), running, vcpuFeatureSet(), vcpuFeatures());
    }

    /** Refuses whatever else describes a host. */
    private void refuseKindBeside(
            String field, String given, @Nullable List<JsonNode> givenMasks, @Nullable Integer givenNv) {
        refuseBeside(field, given, "kernel", kernel());
        refuseBeside(field, given, "kernelPackage", kernelPackage());
        refuseBeside(field, given, "cpuModel", cpuModel());
        refuseBeside(field, given, "accelerator", accelerator());
        refuseBeside(field, given, "vcpuFeatureSet", vcpuFeatureSet());
        refuseBeside(field, given, "vcpuFeatures", vcpuFeatures());
        refuseBeside(field, given, "registers", registers());
        refuseBeside(field, given, "writableMasks", givenMasks);
        refuseBeside(field, given, "hardwareNv", givenNv);
    }

    private @Nullable KernelRelease release(String field) {
        String text = kernel();
        String packageText = kernelPackage();
        if (text == null) {
            refuseWithout(field, "kernel", "kernelPackage", packageText);
            return null;
        }
        // Read apart first, so that the field that is wrong is the one that is named.
        reading(field + ".kernel", text, () -> KernelRelease.parse(text));
        return reading(field + ".kernelPackage", packageText, () -> KernelRelease.parse(text, packageText));
    }

    private Accelerator acceleratorOr(String field, Accelerator otherwise) {
        String text = accelerator();
        return text == null ? otherwise : reading(field + ".accelerator", text, () -> Accelerator.parse(text));
    }

    private static void refuseBeside(String field, String given, String other, @Nullable Object value) {
        if (value != null) {
            throw new InvalidFieldException(
                    field + "." + other,
                    value,
                    "'" + other + "' does not go with '" + given + "', which says it already");
        }
    }

    private static void refuseWithout(String field, String needed, String other, @Nullable Object value) {
        if (value != null) {
            throw new InvalidFieldException(
                    field + "." + other, value, "'" + other + "' goes with '" + needed + "', which is missing");
        }
    }
}
