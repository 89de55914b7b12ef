package org.migreg.question.side;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

/**
 * One side of a migration as the check understood it.
 *
 * @param capture the capture that its list comes from, or null
 * @param registers its list, or null where none could be found
 * @param missing why there is no list, a sentence; null where there is one
 * @param candidates where captures that differ could be meant: each of them; else empty
 */
public record ResolvedSide(
        @Nullable CaptureId capture,
        @Nullable KernelRelease kernel,
        @Nullable String kernelPackage,
        @Nullable String cpuModel,
        Accelerator accelerator,
        @Nullable String vcpuFeatureSet,
        List<String> vcpuFeatures,
        @Nullable RegisterList registers,
        @Nullable WritableMasks masks,
        OptionalLong hardwareNv,
        @Nullable String missing,
        List<ResolvedSide> candidates) {

    public ResolvedSide {
        candidates = List.copyOf(candidates);
    }

    /** What this side can be: itself where it has a list, else its candidates. */
    public List<ResolvedSide> possible() {
        return missing == null ? List.of(this) : candidates;
    }
}
