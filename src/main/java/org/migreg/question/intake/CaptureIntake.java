package org.migreg.question.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.ReadCapture;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.SaidOfHost.Fact;
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
            Capture capture = capture(content.format(), reading, ofTheCaller);
            captures.add(new ReadCapture(
                    content.format(),
                    reading.withRemarks(overruled(reading.host(), ofTheCaller)).withRemarks(notWhole(capture)),
                    capture));
        }
        return captures;
    }

    private static Capture capture(String format, CaptureReading reading, SaidOfHost ofTheCaller) {
        RegisterList registers = reading.registers();
        SaidOfHost said = reading.host().orElse(ofTheCaller).orElse(SaidOfHost.shownBy(registers));
        String release = said.get(Fact.KERNEL_RELEASE);
        return new Capture(
                registers,
                // A package of another kernel is a mistake of the caller; one that tells nothing is kept as text.
                release == null ? null : KernelRelease.parse(release, said.get(Fact.KERNEL_PACKAGE)),
                said.get(Fact.KERNEL_PACKAGE),
                said.get(Fact.CPU_MODEL),
                said.get(Fact.MIDR),
                Objects.requireNonNullElse(said.get(Fact.ACCELERATOR), Accelerator.KVM),
                said.get(Fact.QEMU),
                said.get(Fact.MACHINE_TYPE),
                said.get(Fact.VCPU_FEATURE_SET),
                List.copyOf(Objects.requireNonNullElse(said.get(Fact.VCPU_FEATURES), Set.of())),
                said.get(Fact.MASKS),
                said.get(Fact.HARDWARE_NV),
                Objects.requireNonNullElse(said.get(Fact.ORIGIN), "read as " + format),
                said.get(Fact.CPU));
    }

    /** That the list cannot be all that the host lists, so that evaluations with it are UNKNOWN. */
    private static List<String> notWhole(Capture capture) {
        String why = capture.whyNotWhole();
        return why == null
                ? List.of()
                : List.of(Character.toUpperCase(why.charAt(0)) + why.substring(1)
                        + ": evaluations with it are UNKNOWN. Collect it again.");
    }

    /** What the caller says otherwise than the file, which is not taken: a sentence for each. */
    private static List<String> overruled(SaidOfHost ofTheFile, SaidOfHost ofTheCaller) {
        return ofTheFile.contradictedBy(ofTheCaller).stream()
                .map(fact -> "The file says " + fact.name() + " " + ofTheFile.get(fact) + ", so what the request says, "
                        + ofTheCaller.get(fact) + ", was not taken.")
                .toList();
    }
}
