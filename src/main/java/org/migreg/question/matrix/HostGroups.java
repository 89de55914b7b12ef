package org.migreg.question.matrix;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.StoredCapture;
import org.migreg.question.fleet.HostKind;

/**
 * The kinds of hosts with a captured kernel.
 *
 * @param captures how many each has; in the order of the captures
 */
public record HostGroups(Map<HostKind, Integer> captures) {

    public HostGroups {
        captures = Collections.unmodifiableMap(new LinkedHashMap<>(captures));
    }

    public static HostGroups of(CaptureIndex index) {
        Map<HostKind, Integer> captures = new LinkedHashMap<>();
        for (StoredCapture stored : index.all()) {
            Capture capture = stored.capture();
            if (capture.kernel() != null) {
                captures.merge(HostKind.of(capture), 1, Integer::sum);
            }
        }
        return new HostGroups(captures);
    }

    public boolean isEmpty() {
        return captures.isEmpty();
    }

    public List<HostKind> all() {
        return List.copyOf(captures.keySet());
    }

    /** Of those that are wanted the one that most people mean. */
    public Optional<HostKind> usual(Predicate<HostKind> wanted) {
        return captures.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .max(Comparator.comparingInt(entry -> weight(entry.getKey(), entry.getValue())))
                .map(Map.Entry::getKey);
    }

    /**
     * What {@code -cpu host} asks for goes first, then processors that exist (QEMU's {@code max} is all that it can
     * emulate), then the group with the most kernels.
     */
    private static int weight(HostKind group, int kernels) {
        String model = group.cpuModel();
        return kernels
                + (Capture.QEMU_HOST.equals(group.vcpuFeatureSet()) ? 2_000_000 : 0)
                + (model == null || model.matches("max(-.*)?") ? 0 : 1_000_000);
    }
}
