package org.migreg.question.diagnosis;

import java.util.List;
import org.migreg.capture.Capture;
import org.migreg.format.qemulog.LogEvent.LengthFailure;
import org.migreg.format.qemulog.LogEvent.LengthWording;
import org.migreg.format.qemulog.LogReading;
import org.migreg.hostkernel.KernelRelease;

/** What a bare length failure proves, and which known captures may explain it. */
final class Lengths {

    private final LogReading log;
    private final Situation situation;
    private final Findings findings;

    Lengths(LogReading log, Situation situation, Findings findings) {
        this.log = log;
        this.situation = situation;
        this.findings = findings;
    }

    List<LengthExplanation> explained() {
        List<LengthFailure> failures = log.events(LengthFailure.class);
        if (failures.isEmpty()) {
            return List.of();
        }
        LengthFailure failure = failures.getFirst();
        String numbers = failure.incoming() == null || failure.bound() == null
                ? "more registers than the destination takes"
                : failure.incoming() + " registers, and the destination takes " + failure.bound();
        findings.proves("The stream brings " + numbers
                + ". QEMU says this before it looks at the registers, so the log names none of them.");
        if (failure.wording() == LengthWording.NUMBERS_ALONE) {
            findings.suggests(
                    "That the numbers are those of the register list: they stand alone, and this reading takes them for that.",
                    "a line with cpreg_vmstate_array_len below them");
        }
        List<LengthExplanation> found = LengthPairs.explaining(failure, log.behaviours(), situation);
        if (failure.incoming() == null) {
            findings.next(
                    "Look for the line with both numbers (\"Invalid value ... expecting positive value <= ...\"): it would"
                            + " tell which known captures explain it.");
        } else if (found.isEmpty()) {
            findings.proves("No two known captures" + ofTheKernels() + " have these lengths.");
            findings.next("Capture both hosts to see which registers it was.");
        } else {
            suggest(found);
        }
        return found;
    }

    private String ofTheKernels() {
        KernelRelease source = situation.source();
        KernelRelease destination = situation.destination();
        return (source == null ? "" : " from " + source.text())
                + (destination == null ? "" : " to " + destination.text());
    }

    private void suggest(List<LengthExplanation> found) {
        LengthExplanation first = found.getFirst();
        String count = (found.size() == LengthPairs.MOST ? "At least " : "") + found.size()
                + (found.size() == 1 ? " pair of known captures has" : " pairs of known captures have")
                + " these lengths";
        List<String> kernels = log.context().kernels();
        boolean isNamed = kernels.isEmpty() || isOf(first.source(), kernels) || isOf(first.destination(), kernels);
        findings.suggests(
                count
                        + (isNamed
                                ? ", the likeliest: from " + LengthPairs.label(first.source()) + " to "
                                        + LengthPairs.label(first.destination()) + ", with "
                                        + first.extra().size()
                                        + (first.extra().size() == 1 ? " register" : " registers")
                                        + " that the destination lacks."
                                : ", none of them of a kernel that the log names (" + String.join(", ", kernels)
                                        + ")."),
                "captures of both hosts");
        findings.next(
                "Capture both hosts, and compare: that says which registers it was, and an entry can be made for them.");
    }

    private static boolean isOf(Capture capture, List<String> kernels) {
        KernelRelease kernel = capture.kernel();
        return kernel != null && kernels.contains(kernel.text());
    }
}
