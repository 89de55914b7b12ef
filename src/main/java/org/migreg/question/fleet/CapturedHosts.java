package org.migreg.question.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.StoredCapture;
import org.migreg.register.Text;

/**
 * Every captured host, with what other captures tell of its kernel's writable masks and its CPU's NV.
 *
 * @param revision the newest revision of captures among them
 * @param hosts in the order of the captures
 */
public record CapturedHosts(long revision, List<CapturedHost> hosts, Map<String, CaptureId> capturesByLabel) {

    private static final int LONGEST_NAME = 160;

    public CapturedHosts {
        hosts = List.copyOf(hosts);
        capturesByLabel = Map.copyOf(capturesByLabel);
    }

    public static CapturedHosts of(CaptureIndex index) {
        List<CapturedHost> hosts = new ArrayList<>();
        Map<String, CaptureId> captures = new HashMap<>();
        for (StoredCapture stored : index.all()) {
            String label = label(stored, captures);
            captures.put(label, stored.id());
            hosts.add(new CapturedHost(label, filledIn(stored.capture(), index)));
        }
        return new CapturedHosts(index.revision(), hosts, captures);
    }

    /** The capture of one of these hosts. */
    public CaptureId captureOf(CapturedHost host) {
        return Objects.requireNonNull(capturesByLabel.get(host.label()), "one of the known hosts");
    }

    public @Nullable CapturedHost hostOf(CaptureId capture) {
        return hosts.stream()
                .filter(host -> capture.equals(capturesByLabel.get(host.label())))
                .findFirst()
                .orElse(null);
    }

    private static String label(StoredCapture stored, Map<String, CaptureId> taken) {
        Capture capture = stored.capture();
        String name = (capture.kernel() == null ? "no kernel" : capture.kernel().text())
                + (capture.cpuModel() == null ? "" : " on " + capture.cpuModel())
                + (capture.vcpuFeatureSet() == null ? "" : " (" + capture.vcpuFeatureSet() + ")");
        String label = Text.shortened(name, LONGEST_NAME);
        if (!taken.containsKey(label)) {
            return label;
        }
        String withStart = label + " " + stored.id().start(12);
        // Two captures of one kind whose digests begin alike: told apart by all of it.
        return taken.containsKey(withStart)
                ? label.substring(0, Math.min(label.length(), 100)) + " "
                        + stored.id().start(64)
                : withStart;
    }

    private static Capture filledIn(Capture capture, CaptureIndex index) {
        return new Capture(
                capture.registers(),
                capture.kernel(),
                capture.kernelPackage(),
                capture.cpuModel(),
                capture.midr(),
                capture.accelerator(),
                capture.qemu(),
                capture.machineType(),
                capture.vcpuFeatureSet(),
                capture.vcpuFeatures(),
                index.masksFor(capture),
                index.hardwareNvFor(capture),
                capture.origin(),
                capture.cpu());
    }
}
