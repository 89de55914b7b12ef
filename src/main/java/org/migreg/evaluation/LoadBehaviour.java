package org.migreg.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.ListDifference;
import org.migreg.register.Text;

/**
 * What a destination QEMU does with an incoming register list: the same lists give different
 * outcomes on different destination QEMUs.
 */
public sealed interface LoadBehaviour {

    /** The behaviours as people and the API name them, the oldest QEMU first. */
    enum Spec {
        LENGTH_CHECKED(
                "up to 10.2", "length checked", "QEMU up to 10.2, which checks the list's length", new LengthChecked()),
        ALL_MISMATCHES(
                "11.0", "every mismatch", "QEMU 11.0, which refuses every unknown register", new AllMismatches()),
        TOLERANCES(
                "11.1",
                "upstream's tolerances",
                "QEMU 11.1 or a backport of it, with compiled-in tolerances",
                new Tolerances(false)),
        X_MIG_PROPERTIES(null, "with x-mig properties", "a build with the x-mig properties", new XMigProperties());

        /** What is meant where nobody says: the builds that these tables are for. */
        public static final Spec USUAL = X_MIG_PROPERTIES;

        private final @Nullable String qemu;
        private final String does;
        private final String sentence;

        @SuppressWarnings("ImmutableEnumChecker") // Every behaviour is a record of a boolean at most.
        private final LoadBehaviour behaviour;

        Spec(@Nullable String qemu, String does, String sentence, LoadBehaviour behaviour) {
            this.qemu = qemu;
            this.does = does;
            this.sentence = sentence;
            this.behaviour = behaviour;
        }

        /** The unpatched QEMUs that behave so, {@code up to 10.2}; null where none does. */
        public @Nullable String qemu() {
            return qemu;
        }

        /** Where there is little room, as in a form: {@code 11.0: every mismatch}. */
        public String label() {
            return qemu == null ? does : qemu + ": " + does;
        }

        /** Half a sentence that says which QEMUs behave so and what they do. */
        public String sentence() {
            return sentence;
        }

        /** {@link #USUAL}, then the others. */
        public static List<Spec> usualFirst() {
            return Stream.concat(Stream.of(USUAL), Arrays.stream(values()).filter(spec -> spec != USUAL))
                    .toList();
        }

        /** The behaviour, with upstream's tolerances where it has any. */
        public LoadBehaviour behaviour() {
            return behaviour;
        }
    }

    default Spec spec() {
        return switch (this) {
            case LengthChecked b -> Spec.LENGTH_CHECKED;
            case AllMismatches b -> Spec.ALL_MISMATCHES;
            case Tolerances b -> Spec.TOLERANCES;
            case XMigProperties b -> Spec.X_MIG_PROPERTIES;
        };
    }

    /** The name of the behaviour in the API. */
    default String apiName() {
        return spec().name();
    }

    /** Whether the destination carries this registry's tables, so that a change of them can change its verdicts. */
    default boolean carriesTables() {
        return switch (this) {
            case LengthChecked b -> false;
            case AllMismatches b -> false;
            case Tolerances b -> b.fromTable();
            case XMigProperties b -> true;
        };
    }

    /**
     * The most registers that a stream may have.
     *
     * @param local how many the destination has after hiding
     * @param safeMissingCount how many elements x-mig-safe-missing-regs has there
     * @return empty where this QEMU does not check
     */
    default OptionalInt longestStream(int local, int safeMissingCount) {
        return switch (this) {
            case LengthChecked b -> OptionalInt.of(local);
            case AllMismatches b -> OptionalInt.empty();
            case Tolerances b -> OptionalInt.empty();
            case XMigProperties b -> OptionalInt.of(local + safeMissingCount + XMigProperties.LENGTH_MARGIN);
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
            if (isTooLong(difference, longestStream(difference.local().size(), safeMissingCount))) {
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
     * highest one decides.
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

        /** Source: the series' MAX_CPREG_VMSTATE_ANOMALIES. */
        private static final int LENGTH_MARGIN = 10;

        @Override
        public ListDecision decide(ListDifference difference, boolean[] tolerated, int safeMissingCount) {
            ListDecision.TreatmentOf treatment = i -> tolerated[i] ? ExtraTreatment.TOLERATED : ExtraTreatment.FATAL;
            if (isTooLong(difference, longestStream(difference.local().size(), safeMissingCount))) {
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
     * @throws IllegalArgumentException for a build between two releases that are not alike, and
     *     for packages of enterprise distributions, which carry backports, where no row of the table is theirs
     */
    static LoadBehaviour of(QemuVersion qemu) {
        if (PackagedQemu.mayCarryBackports(qemu)) {
            LoadBehaviour packaged = PackagedQemu.behaviour(qemu);
            if (packaged != null) {
                return packaged;
            }
            throw new IllegalArgumentException("QEMU " + qemu
                    + " is a package of an enterprise distribution, which may carry backports that the version does not tell: state the"
                    + " load behaviour instead");
        }
        if (isBetweenUnlikeReleases(qemu)) {
            throw new IllegalArgumentException("QEMU " + qemu
                    + " is a build between two releases that behave otherwise than each other, and the version does not tell which it is like: state the"
                    + " load behaviour instead");
        }
        if (qemu.isAtLeast(11, 1)) {
            return new Tolerances(false);
        }
        return qemu.isAtLeast(11, 0) ? new AllMismatches() : new LengthChecked();
    }

    private static boolean isBetweenUnlikeReleases(QemuVersion qemu) {
        return qemu.isDevelopmentBuild() && (qemu.isOfSeries(10, 2) || qemu.isOfSeries(11, 0))
                || qemu.isCandidate() && (qemu.isOfSeries(11, 0) || qemu.isOfSeries(11, 1));
    }

    /**
     * Reads the API's name.
     *
     * @throws IllegalArgumentException naming them
     */
    static LoadBehaviour parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        for (Spec spec : Spec.values()) {
            if (spec.name().equals(name)) {
                return spec.behaviour();
            }
        }
        String names = Arrays.stream(Spec.values()).map(Spec::name).collect(Collectors.joining(", "));
        int last = names.lastIndexOf(", ");
        throw new IllegalArgumentException("'" + Text.shortened(text) + "' is not a load behaviour: write "
                + names.substring(0, last) + " or " + names.substring(last + 2));
    }

    private static boolean isTooLong(ListDifference difference, OptionalInt longest) {
        return longest.isPresent() && difference.outgoing().size() > longest.getAsInt();
    }
}
