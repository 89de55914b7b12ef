package org.migreg.dashboard.registers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.StoredCapture;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.register.RegisterId;

/**
 * Which captures list a register, by host kernel.
 *
 * @param kernels in the order of releases
 * @param withoutKernel the same of captures whose kernel is not known, such as TCG's; null where there are none
 */
public record Exposure(List<Share> kernels, @Nullable Share withoutKernel) {

    /**
     * Of the captures of one kernel, how many list the register.
     *
     * @param kernel null for captures whose kernel is not known
     * @param without the CPU models and feature sets of those that do not list it
     */
    public record Share(@Nullable KernelRelease kernel, int listing, int captures, List<String> without) {
        /** In words, where a share alone would be read wrongly. */
        public String words() {
            return listing == 0 ? "no" : listing == captures ? "yes" : "some";
        }
    }

    static Exposure of(RegisterId id, List<StoredCapture> captures) {
        Map<KernelRelease, List<Capture>> byKernel = new TreeMap<>(KernelRelease.LISTING_ORDER);
        List<Capture> others = new ArrayList<>();
        for (StoredCapture stored : captures) {
            KernelRelease kernel = stored.capture().kernel();
            (kernel == null ? others : byKernel.computeIfAbsent(kernel, first -> new ArrayList<>()))
                    .add(stored.capture());
        }
        List<Share> shares = new ArrayList<>();
        byKernel.forEach((kernel, ofKernel) -> shares.add(share(id, kernel, ofKernel)));
        return new Exposure(shares, others.isEmpty() ? null : share(id, null, others));
    }

    private static Share share(RegisterId id, @Nullable KernelRelease kernel, List<Capture> captures) {
        List<String> without = captures.stream()
                .filter(capture -> !capture.registers().contains(id))
                .map(capture -> (capture.cpuModel() == null ? "unknown CPU" : capture.cpuModel())
                        + (capture.vcpuFeatureSet() == null ? "" : " " + capture.vcpuFeatureSet()))
                .distinct()
                .sorted()
                .toList();
        int listing = (int) captures.stream()
                .filter(capture -> capture.registers().contains(id))
                .count();
        return new Share(kernel, listing, captures.size(), without);
    }

    /** How many kernels list it in every capture, or in some. */
    public long listing() {
        return kernels.stream().filter(share -> share.listing() > 0).count();
    }
}
