package org.migreg.question.side;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

/** One side of a migration as the check understood it. */
public sealed interface ResolvedSide {

    Host host();

    /**
     * The host that a side is on, as far as the request or the capture says.
     *
     * @param capture the capture that its list comes from, or null
     * @param said what else is known of it, by the request or the capture
     */
    record Host(
            @Nullable CaptureId capture,
            @Nullable KernelRelease kernel,
            @Nullable String kernelPackage,
            @Nullable String cpuModel,
            Accelerator accelerator,
            @Nullable String vcpuFeatureSet,
            List<String> vcpuFeatures,
            SideSaid said) {
        public Host {
            vcpuFeatures = List.copyOf(vcpuFeatures);
        }
    }

    /** Its registers are known. */
    record Known(
            Host host, RegisterList registers, @Nullable WritableMasks masks, OptionalLong hardwareNv)
            implements ResolvedSide {}

    /**
     * Captures that differ could be meant.
     *
     * @param why that is so, half a sentence
     */
    record OneOf(Host host, List<Known> candidates, String why) implements ResolvedSide {
        public OneOf {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * No list could be found.
     *
     * @param why that is so, half a sentence
     */
    record Missing(Host host, String why) implements ResolvedSide {}
}
