package org.migreg.question.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.Assumption;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;

/** What a question about many hosts takes for granted of all of them. */
public final class FleetAssumptions {

    private static final Assumption SOURCES = new Assumption(
            Assumption.Code.SOURCE_QEMU_OF_TABLES,
            "The sources' QEMU carries the properties: nobody said otherwise, and the tables are written for such builds.");
    private static final Assumption DESTINATIONS = new Assumption(
            Assumption.Code.DESTINATION_QEMU_OF_TABLES,
            "The destinations' QEMU carries the properties: nobody said otherwise, and the tables are written for such"
                    + " builds.");

    private FleetAssumptions() {}

    /**
     * @param sourceIsSaid whether the question says what the sources' QEMU carries
     * @param destinationIsSaid whether it says what the destinations' QEMU does
     * @param qemu the version that it says by
     * @param captures of the hosts in question
     */
    public static List<Assumption> of(
            boolean sourceIsSaid, boolean destinationIsSaid, @Nullable QemuVersion qemu, Stream<Capture> captures) {
        List<Assumption> assumptions = new ArrayList<>();
        if (!sourceIsSaid) {
            assumptions.add(SOURCES);
        }
        if (!destinationIsSaid) {
            assumptions.add(DESTINATIONS);
        }
        if (captures.anyMatch(capture -> capture.accelerator() == Accelerator.KVM && capture.cpu() == null)) {
            assumptions.add(Assumption.guestCpuHost());
        }
        Assumption.laterQemu(qemu).ifPresent(assumptions::add);
        return assumptions;
    }
}
