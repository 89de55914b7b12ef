package org.migreg.question.side;

import org.migreg.capture.Capture;
import org.migreg.capture.CpuDerivation;
import org.migreg.evaluation.Assumption;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.evaluation.Severity;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.register.RegisterList;

/**
 * The list of a capture as a guest has it of which something is said.
 *
 * @param said what is known of the side by then
 */
public record CapturedList(RegisterList registers, SideSaid said) {

    /** @param said what is said of the side beside the capture */
    public static CapturedList of(Capture capture, SideSaid said) {
        SideSaid known = said.orCpu(capture.cpu());
        if (capture.accelerator() != Accelerator.KVM) {
            return new CapturedList(capture.registers(), ofEmulatedCpu(capture, known));
        }
        String why = capture.whyNotWhole();
        if (why != null) {
            known = known.withDoubt(Finding.of(
                    FindingKind.LIST_NOT_WHOLE,
                    Severity.UNKNOWN,
                    "The list of the capture cannot be relied on: " + why + ". Collect it again."));
        }
        CpuOptions wanted = known.cpu();
        CpuOptions captured = capture.cpu() == null ? CpuOptions.HOST : capture.cpu();
        // Guests with EL2 do not migrate, whatever their list.
        if (wanted == null || wanted.equals(captured) || wanted.hasEl2()) {
            return new CapturedList(capture.registers(), known);
        }
        return switch (CpuDerivation.of(capture.registers(), captured, wanted, capture.kernel())) {
            case CpuDerivation.Derived(var registers) ->
                new CapturedList(
                        registers,
                        known.assuming(new Assumption(
                                Assumption.Code.LIST_DERIVED,
                                "The list of a guest with -cpu " + wanted + " was derived from one with -cpu "
                                        + captured + " on the same kernel.")));
            case CpuDerivation.NotKnown(var reason) ->
                new CapturedList(
                        capture.registers(),
                        known.withDoubt(Finding.of(
                                FindingKind.CPU_OPTIONS_UNKNOWN,
                                Severity.UNKNOWN,
                                "The list of the guest is not known: " + reason + ". Capture such a guest.")));
        };
    }

    /** An emulated CPU's list is that of its model, of which none is derived. */
    private static SideSaid ofEmulatedCpu(Capture capture, SideSaid known) {
        CpuOptions wanted = known.cpu();
        return wanted == null || capture.cpu() == null || wanted.equals(capture.cpu())
                ? known
                : known.withDoubt(Finding.of(
                        FindingKind.CPU_OPTIONS_UNKNOWN,
                        Severity.UNKNOWN,
                        "The list of the guest is not known: it was captured with -cpu " + capture.cpu()
                                + ", and not with " + wanted + ". Capture such a guest."));
    }
}
