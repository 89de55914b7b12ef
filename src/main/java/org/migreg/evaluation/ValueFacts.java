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
 * @param kernel the destination's, or null where not given
 * @param base the upstream release that the destination's kernel is built from, or null where its
 *     numbers do not tell (a distribution with its own numbering, or no kernel given)
 * @param hardwareNv ID_AA64MMFR2_EL1.NV of the destination's hardware (0 to 15), where known
 */
record ValueFacts(
        RegisterList outgoing,
        RegisterList local,
        @Nullable WritableMasks masks,
        @Nullable KernelRelease kernel,
        @Nullable UpstreamVersion base,
        OptionalLong hardwareNv) {

    /** The upstream release that a kernel's numbers name, or null where they name none. */
    static @Nullable UpstreamVersion baseOf(@Nullable KernelRelease kernel) {
        return kernel != null && kernel.kernelStream().upstreamNumbering() == UpstreamNumbering.FOLLOWED
                ? kernel.base()
                : null;
    }

    /** Whether the rules were measured on the destination's kernel. */
    boolean measured() {
        return MeasuredKernels.include(base);
    }

    /**
     * That no rule decides on this kernel, and what is missing: the kernel, or a measurement on it.
     *
     * @param about the values that differ
     */
    ValueDecision notMeasured(ValueRule rule, String about) {
        return kernel == null
                ? new ValueDecision.Undecided(rule, "the destination's kernel")
                : new ValueDecision.WithoutRule(MeasuredKernels.whyNot(about, kernel, base));
    }

    /** Whether the destination's kernel is surely of this release or later. */
    boolean surelyAtLeast(int major, int minor) {
        return base != null && compare(base, major, minor) >= 0;
    }

    /** Whether the destination's kernel is surely of an earlier release than this. */
    boolean surelyBefore(int major, int minor) {
        return base != null && compare(base, major, minor) < 0;
    }

    /** Whether it is surely later than 5.10-rc1, which refused for real what later kernels may take. */
    boolean surelyAfter510rc1() {
        return surelyAtLeast(5, 10)
                && !(isSeries(5, 10)
                        && base != null
                        && base.patch().orElse(1) == 0
                        && base.releaseCandidate().orElse(2) <= 1);
    }

    boolean isSeries(int major, int minor) {
        return base != null && compare(base, major, minor) == 0;
    }

    private static int compare(UpstreamVersion base, int major, int minor) {
        int byMajor = Integer.compare(base.major(), major);
        return byMajor != 0 ? byMajor : Integer.compare(base.minor(), minor);
    }
}
