package org.migreg.question.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.ReadCapture;
import org.migreg.capture.SaidOfHost;
import org.migreg.format.reading.FileContent;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterList;

/** Makes captures of what was read, with what the caller says where the file says nothing. Stateless. */
public final class CaptureIntake {

    private CaptureIntake() {}

    /**
     * The captures in a file.
     *
     * @throws IllegalArgumentException when the parts do not make a capture, such as a malformed kernel release
     */
    public static List<ReadCapture> captures(FileContent.Captures content, SaidOfHost ofTheCaller) {
        List<ReadCapture> captures = new ArrayList<>();
        for (CaptureReading reading : content.readings()) {
            captures.add(new ReadCapture(
                    content.format(),
                    reading.withRemarks(overruled(reading.host(), ofTheCaller)),
                    capture(content.format(), reading, ofTheCaller)));
        }
        return captures;
    }

    private static Capture capture(String format, CaptureReading reading, SaidOfHost ofTheCaller) {
        RegisterList registers = reading.registers();
        SaidOfHost said = reading.host().orElse(ofTheCaller).orElse(SaidOfHost.shownBy(registers));
        String release = said.kernelRelease();
        return new Capture(
                registers,
                // A package that belongs to another kernel is a mistake of the caller; one that tells nothing is kept
                // as text.
                release == null ? null : KernelRelease.parse(release, said.kernelPackage()),
                said.kernelPackage(),
                said.cpuModel(),
                said.midr(),
                Objects.requireNonNullElse(said.accelerator(), Accelerator.KVM),
                said.qemu(),
                said.machineType(),
                said.vcpuFeatureSet(),
                said.vcpuFeatures(),
                said.masks(),
                said.hardwareNv(),
                Objects.requireNonNullElse(said.origin(), "read as " + format));
    }

    /** What the caller says otherwise than the file, which is not taken: a sentence for each. */
    private static List<String> overruled(SaidOfHost ofTheFile, SaidOfHost ofTheCaller) {
        List<String> sentences = new ArrayList<>();
        overruled("kernel", ofTheFile.kernelRelease(), ofTheCaller.kernelRelease(), sentences);
        overruled("package", ofTheFile.kernelPackage(), ofTheCaller.kernelPackage(), sentences);
        overruled("CPU model", ofTheFile.cpuModel(), ofTheCaller.cpuModel(), sentences);
        overruled("accelerator", ofTheFile.accelerator(), ofTheCaller.accelerator(), sentences);
        overruled("QEMU", ofTheFile.qemu(), ofTheCaller.qemu(), sentences);
        overruled("machine type", ofTheFile.machineType(), ofTheCaller.machineType(), sentences);
        overruled("vCPU feature set", ofTheFile.vcpuFeatureSet(), ofTheCaller.vcpuFeatureSet(), sentences);
        overruled("vCPU features", features(ofTheFile), features(ofTheCaller), sentences);
        overruled("hardware NV", ofTheFile.hardwareNv(), ofTheCaller.hardwareNv(), sentences);
        return sentences;
    }

    private static @Nullable Set<String> features(SaidOfHost said) {
        return said.vcpuFeatures().isEmpty() ? null : Set.copyOf(said.vcpuFeatures());
    }

    private static void overruled(
            String what, @Nullable Object ofTheFile, @Nullable Object ofTheCaller, List<String> sentences) {
        if (ofTheFile != null && ofTheCaller != null && !ofTheFile.equals(ofTheCaller)) {
            sentences.add("The file says " + what + " " + ofTheFile + ", so what the request says, " + ofTheCaller
                    + ", was not taken.");
        }
    }
}
