package org.migreg.question.diagnosis;

import java.util.List;
import org.migreg.capture.Capture;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.register.RegisterId;

/**
 * Two known captures that would make a QEMU print the two lengths of a bare length failure.
 *
 * @param behaviour the load behaviour under which they do
 * @param outgoing how many registers the source sends
 * @param local how many the destination compares with
 * @param extra what the source sends and the destination does not know
 * @param absent what the destination knows and the source does not send
 */
public record LengthExplanation(
        Capture source,
        Capture destination,
        LoadBehaviour behaviour,
        int outgoing,
        int local,
        List<RegisterId> extra,
        List<RegisterId> absent) {

    public LengthExplanation {
        extra = List.copyOf(extra);
        absent = List.copyOf(absent);
    }
}
