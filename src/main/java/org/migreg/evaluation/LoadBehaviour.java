package org.migreg.evaluation;

import java.util.Locale;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.ListDifference;
import org.migreg.register.Text;

/**
 * What a destination QEMU does with an incoming register list: the same lists give different
 * outcomes on different destination QEMUs.
 */
public sealed interface LoadBehaviour {

    /** The name of the behaviour in the API. */
    default String apiName() {
        return switch (this) {
            case LengthChecked b -> "LENGTH_CHECKED";
            case AllMismatches b -> "ALL_MISMATCHES";
            case Tolerances b -> "TOLERANCES";
            case XMigProperties b -> "X_MIG_PROPERTIES";
        };
    }

    /**
     * Compares the lists as this QEMU does.
     *
     * @param difference the two lists, held against each other
     * @param tolerated for each extra register, whether a compat property or tolerance in force covers it
     * @param safeMissingCount how many elements x-mig-safe-missing-regs has on the destination
     */
    ListDecision decide(ListDifference difference, boolean[] tolerated, int safeMissingCount);

    /**
     * QEMU up to 10.2: a length check that names no register, then a merge walk that ends when the
     * local list ends, so that extra registers above the last local id pass unnoticed.
     *
     * <p>Source: QEMU 10.0 {@code target/arm/machine.c}, {@code vmstate_arm_cpu} and {@code
     * cpu_post_load()}.
     */
    record LengthChecked() implements LoadBehaviour {
        @Override
        public ListDecision decide(ListDifference difference, boolean[] tolerated, int safeMissingCount) {
            if (difference.outgoing().size() > difference.local().size()) {
                return ListDecision.fails(FailedStage.LENGTH, difference, position -> ExtraTreatment.FATAL);
            }
            long lastLocal = difference.local().isEmpty()
                    ? 0
                    : difference.local().idAt(difference.local().size() - 1);
            boolean fails = false;
            for (int i = 0; i < difference.extraCount(); i++) {
                fails |= Long.compareUnsigned(difference.extra(i), lastLocal) < 0;
            }
            ListDecision.TreatmentOf treatment = i -> Long.compareUnsigned(difference.extra(i), lastLocal) < 0
                    ? ExtraTreatment.FATAL
                    : ExtraTreatment.DROPPED;
            return fails
                    ? ListDecision.fails(FailedStage.REGISTER, difference, treatment)
                    : ListDecision.passes(difference, treatment);
        }
    }

    /**
     * QEMU 11.0: no length check; every extra register fails the load and is named.
     *
     * <p>Source: QEMU 11.0 {@code target/arm/machine.c}, {@code cpu_post_load()}.
     */
    record AllMismatches() implements LoadBehaviour {
        @Override
        public ListDecision decide(ListDifference difference, boolean[] tolerated, int safeMissingCount) {
            return difference.extraCount() == 0
                    ? ListDecision.passes(difference, i -> ExtraTreatment.FATAL)
                    : ListDecision.fails(FailedStage.REGISTER, difference, i -> ExtraTreatment.FATAL);
        }
    }

    /**
     * QEMU 11.1 and distribution backports of it: as 11.0 with compiled-in tolerances. In 11.1.1 to
     * 11.1.3 the failure flag is overwritten for each extra register in ascending order, so that the
     * highest one alone decides.
     *
     * <p>Source: QEMU 11.1.3 {@code target/arm/machine.c}, {@code cpu_post_load()}.
     *
     * @param fromTable whether the build carries this registry's table rendered as tolerances, in
     *     place of upstream's
     */
    record Tolerances(boolean fromTable) implements LoadBehaviour {
        @Override
        public ListDecision decide(ListDifference difference, boolean[] tolerated, int safeMissingCount) {
            int extras = difference.extraCount();
            if (extras > 0 && !tolerated[extras - 1]) {
                return ListDecision.fails(
                        FailedStage.REGISTER,
                        difference,
                        i -> tolerated[i] ? ExtraTreatment.TOLERATED : ExtraTreatment.FATAL);
            }
            return ListDecision.passes(
                    difference, i -> tolerated[i] ? ExtraTreatment.TOLERATED : ExtraTreatment.DROPPED);
        }
    }

    /**
     * Builds that carry the x-mig series: every extra register that is not safe-missing fails the
     * load. A length check remains at the local list's length plus the safe-missing elements plus 10.
     *
     * <p>Source: the series' {@code target/arm/machine.c}, v2 and later.
     */
    record XMigProperties() implements LoadBehaviour {

        static final int LENGTH_MARGIN = 10;

        @Override
        public ListDecision decide(ListDifference difference, boolean[] tolerated, int safeMissingCount) {
            ListDecision.TreatmentOf treatment = i -> tolerated[i] ? ExtraTreatment.TOLERATED : ExtraTreatment.FATAL;
            if (difference.outgoing().size() > difference.local().size() + safeMissingCount + LENGTH_MARGIN) {
                return ListDecision.fails(FailedStage.LENGTH, difference, treatment);
            }
            for (int i = 0; i < difference.extraCount(); i++) {
                if (!tolerated[i]) {
                    return ListDecision.fails(FailedStage.REGISTER, difference, treatment);
                }
            }
            return ListDecision.passes(difference, treatment);
        }
    }

    /**
     * The behaviour of an unpatched QEMU of this version.
     *
     * @throws IllegalArgumentException for a development build, which may have either neighbour's, and
     *     for Enterprise Linux packages, which carry backports (RHEL 10.3's 10.1 has tolerances)
     */
    static LoadBehaviour of(QemuVersion qemu) {
        if (qemu.text().contains(".el")) {
            throw new IllegalArgumentException("QEMU " + qemu
                    + " is an Enterprise Linux package, which may carry backports that the version does not tell: state the"
                    + " load behaviour instead");
        }
        if (qemu.isDevelopmentBuild()) {
            throw new IllegalArgumentException("QEMU " + qemu
                    + " is a development build between two releases, whose behaviour the version does not tell: state the"
                    + " load behaviour instead");
        }
        if (qemu.isAtLeast(11, 1)) {
            return new Tolerances(false);
        }
        return qemu.isAtLeast(11, 0) ? new AllMismatches() : new LengthChecked();
    }

    /**
     * Reads the API's name.
     *
     * @throws IllegalArgumentException naming the four
     */
    static LoadBehaviour parse(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "LENGTH_CHECKED" -> new LengthChecked();
            case "ALL_MISMATCHES" -> new AllMismatches();
            case "TOLERANCES" -> new Tolerances(false);
            case "X_MIG_PROPERTIES" -> new XMigProperties();
            default ->
                throw new IllegalArgumentException("'" + Text.shortened(text)
                        + "' is not a load behaviour: write LENGTH_CHECKED, ALL_MISMATCHES, TOLERANCES or"
                        + " X_MIG_PROPERTIES");
        };
    }
}
