package org.migreg.evaluation;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.UpstreamNumbering;
import org.migreg.hostkernel.UpstreamVersion;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

/**
 * What the value rules may look at.
 *
 * @param outgoing the incoming stream's registers and values
 * @param local the destination's registers and reset values
 * @param masks the destination's writable masks, or null where not given
 * @param base the upstream release that the destination's kernel is built from, or null where its
 *     numbers do not tell (a distribution with its own numbering, or no kernel given)
 * @param hardwareNv ID_AA64MMFR2_EL1.NV of the destination's hardware (0 to 15), where known
 */
record ValueFacts(
        RegisterList outgoing,
        RegisterList local,
        @Nullable WritableMasks masks,
        @Nullable UpstreamVersion base,
        OptionalLong hardwareNv) {

    /** The upstream release that a kernel's numbers name, or null where they name none. */
    static @Nullable UpstreamVersion baseOf(@Nullable KernelRelease kernel) {
        return kernel != null && kernel.kernelStream().upstreamNumbering() == UpstreamNumbering.FOLLOWED
                ? kernel.base()
                : null;
    }

    /** Whether the destination's kernel is surely of this release or later. */
    boolean surelyAtLeast(int major, int minor) {
        return base != null && compare(base, major, minor) >= 0;
    }

    /** Whether the destination's kernel is surely of an earlier release than this. */
    boolean surelyBefore(int major, int minor) {
        return base != null && compare(base, major, minor) < 0;
    }

    boolean isSeries(int major, int minor) {
        return base != null && compare(base, major, minor) == 0;
    }

    private static int compare(UpstreamVersion base, int major, int minor) {
        int byMajor = Integer.compare(base.major(), major);
        return byMajor != 0 ? byMajor : Integer.compare(base.minor(), minor);
    }
}
