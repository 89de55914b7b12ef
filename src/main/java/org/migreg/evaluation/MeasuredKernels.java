package org.migreg.evaluation;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.UpstreamVersion;

/**
 * The kernels on which the rules for values were measured, by series. Every class of registers that needs a rule has
 * evidence on each of them, PMMIR_EL1 on the one that lists it.
 *
 * <p>Source: eleven probed kernels, 6.1.0-50, 6.12.43, 6.12.107, 6.16.12, 6.17.13, 6.18.15, 6.19.14 and one each of 7.0 to
 * 7.3; writes of captured values to 21 further builds of these series, whose lists and values never differed within one.
 */
final class MeasuredKernels {

    static final String IN_WORDS = "6.1, 6.12 and 6.16 to 7.3";

    private static final Set<String> SERIES =
            Set.of("6.1", "6.12", "6.16", "6.17", "6.18", "6.19", "7.0", "7.1", "7.2", "7.3");

    /** Those with a processor whose EL0 has no AArch32: kernels 6.1, 6.12.107, 6.18.15 and 7.3.4 on a64fx. */
    private static final Set<String> WITHOUT_AARCH32 = Set.of("6.1", "6.12", "6.18", "7.3");

    private MeasuredKernels() {}

    /** Whether a kernel built from this release is one; a candidate of a series' first release is none. */
    static boolean include(@Nullable UpstreamVersion base) {
        return base != null && SERIES.contains(base.series()) && !isCandidateOfTheFirst(base);
    }

    /** Whether such registers were measured on it: PMMIR_EL1 is listed, and was measured, on 7.3 only. */
    static boolean include(RegisterClass of, @Nullable UpstreamVersion base) {
        return base != null
                && include(base)
                && (of != RegisterClass.PMU_IDENTITY || base.series().equals("7.3"));
    }

    static boolean includeWithoutAarch32(@Nullable UpstreamVersion base) {
        return base != null && include(base) && WITHOUT_AARCH32.contains(base.series());
    }

    /** Why nothing is known of this one, half a sentence. */
    static String whyNot(String about, KernelRelease kernel, @Nullable UpstreamVersion base) {
        String which = base == null
                ? "a kernel of " + kernel.kernelStream() + ", whose numbers name no upstream release"
                : "kernel " + (isCandidateOfTheFirst(base) ? base : base.series());
        return "nothing was measured for " + about + " on " + which + " (measured: " + IN_WORDS + ")";
    }

    private static boolean isCandidateOfTheFirst(UpstreamVersion base) {
        return base.releaseCandidate().isPresent() && base.patch().orElse(0) == 0;
    }
}
