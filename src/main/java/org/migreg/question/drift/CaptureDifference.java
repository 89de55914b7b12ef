package org.migreg.question.drift;

import java.util.ArrayList;
import java.util.List;
import org.migreg.capture.Capture;
import org.migreg.register.ListDifference;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/**
 * In what a register list leaves its baseline. Counters' values are not compared, nor are values that one side does
 * not know.
 *
 * @param added registers that only the list has, ascending
 * @param missing registers that only the baseline has, ascending
 * @param changed registers that both have with different values, ascending
 */
public record CaptureDifference(List<RegisterId> added, List<RegisterId> missing, List<ChangedValue> changed) {

    /** A register with two values. */
    public record ChangedValue(RegisterId register, long baseline, long value) {}

    public CaptureDifference {
        added = List.copyOf(added);
        missing = List.copyOf(missing);
        changed = List.copyOf(changed);
    }

    /** How the list differs from the baseline. */
    public static CaptureDifference between(RegisterList baseline, RegisterList list) {
        ListDifference difference = ListDifference.between(list, baseline);
        List<ChangedValue> changed = new ArrayList<>();
        for (int l = 0; l < list.size(); l++) {
            int b = baseline.indexOf(list.idAt(l));
            if (b >= 0
                    && baseline.hasValueAt(b)
                    && list.hasValueAt(l)
                    && baseline.valueAt(b) != list.valueAt(l)
                    && !Capture.isCounter(list.registerAt(l))) {
                changed.add(new ChangedValue(list.registerAt(l), baseline.valueAt(b), list.valueAt(l)));
            }
        }
        return new CaptureDifference(difference.extraRegisters(), difference.absentRegisters(), changed);
    }

    public boolean isEmpty() {
        return added.isEmpty() && missing.isEmpty() && changed.isEmpty();
    }
}
