package org.migreg.question.drift;

import java.util.ArrayList;
import java.util.List;
import org.migreg.capture.Capture;
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
        List<RegisterId> added = new ArrayList<>();
        List<RegisterId> missing = new ArrayList<>();
        List<ChangedValue> changed = new ArrayList<>();
        int b = 0;
        int l = 0;
        while (b < baseline.size() || l < list.size()) {
            int order = b == baseline.size()
                    ? 1
                    : l == list.size() ? -1 : Long.compareUnsigned(baseline.idAt(b), list.idAt(l));
            if (order < 0) {
                missing.add(baseline.registerAt(b++));
            } else if (order > 0) {
                added.add(list.registerAt(l++));
            } else {
                RegisterId register = list.registerAt(l);
                if (baseline.hasValueAt(b)
                        && list.hasValueAt(l)
                        && baseline.valueAt(b) != list.valueAt(l)
                        && !Capture.isCounter(register)) {
                    changed.add(new ChangedValue(register, baseline.valueAt(b), list.valueAt(l)));
                }
                b++;
                l++;
            }
        }
        return new CaptureDifference(added, missing, changed);
    }

    public boolean isEmpty() {
        return added.isEmpty() && missing.isEmpty() && changed.isEmpty();
    }
}
