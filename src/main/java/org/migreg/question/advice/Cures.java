package org.migreg.question.advice;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.evaluation.RegisterClass;
import org.migreg.evaluation.ValueRule;
import org.migreg.policy.PolicyEntry;
import org.migreg.qemu.CpuOptions;
import org.migreg.question.fleet.HostPair;
import org.migreg.register.Hex;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterFields;
import org.migreg.register.RegisterId;

/**
 * What helps against a value that KVM refuses.
 *
 * <p>Sources: real migrations of QEMU 11.1 with {@code kvm-psci-version=1.1} and {@code pmu=off}; for the
 * rest the value rules themselves: a value that the destination has and the source accepts can be given
 * to the guest from the start, if QEMU has a way to say so.
 */
final class Cures {

    private static final Set<FindingKind> NOT_ACCEPTED =
            EnumSet.of(FindingKind.VALUE_REFUSED, FindingKind.VALUE_UNDECIDED, FindingKind.VALUE_WITHOUT_RULE);

    private static final long PMU_VERSION =
            RegisterFields.require(KnownRegisters.ID_AA64DFR0_EL1, "PMUVer").mask();
    private static final long AARCH32_PMU_VERSION =
            RegisterFields.require(KnownRegisters.ID_DFR0_EL1, "PerfMon").mask();

    private final List<HostPair> wanted;
    private final Function<HostPair, Evaluation> evaluate;
    private final Function<RegisterId, @Nullable PolicyEntry> hiding;

    /**
     * @param evaluate with the advised entries
     * @param hiding the entry that hides a register wherever it is exposed, or null if the sources
     *     cannot hide
     */
    Cures(
            List<HostPair> wanted,
            Function<HostPair, Evaluation> evaluate,
            Function<RegisterId, @Nullable PolicyEntry> hiding) {
        this.wanted = wanted;
        this.evaluate = evaluate;
        this.hiding = hiding;
    }

    /** @param finding a refused value of this move */
    Cure of(HostPair pair, Finding finding) {
        RegisterId register = Objects.requireNonNull(finding.register(), "a refused value is one of a register");
        if (register.equals(KnownRegisters.PSCI_VERSION)) {
            return psciVersion(pair);
        }
        if (register.isOfThePmu() || differsInThePmuAlone(register, finding)) {
            return new Cure(
                    Cure.Kind.PMU_OFF,
                    "pmu=off",
                    null,
                    "Guests started with -cpu ...,pmu=off have no PMU, and nothing of it to differ.");
        }
        ValueRule rule = finding.rule();
        if (rule != null && rule.help() == ValueRule.Help.HIDING) {
            return hidingEntry(register);
        }
        RegisterClass of = RegisterClass.of(register);
        boolean isIdentification = of == RegisterClass.IDENTIFICATION || of == RegisterClass.CACHE_TYPE;
        if (isIdentification && sourceAcceptsTheDestinations(pair, register)) {
            return new Cure(
                    Cure.Kind.CPU_MODEL_OR_FEATURE,
                    null,
                    null,
                    "Guests started with a CPU model or feature property that gives " + register.name()
                            + " the destination's value " + Hex.number(value(finding.destinationValue()))
                            + " can go both ways, for the source's kernel accepts it; whether this QEMU has such a"
                            + " property is its documentation's to say.");
        }
        return new Cure(Cure.Kind.NONE, null, null, "Nothing known helps: start such guests on the older side.");
    }

    /** The newest version that every destination offers to which guests of this source are wanted to go. */
    private Cure psciVersion(HostPair pair) {
        long lowest = Long.MAX_VALUE;
        for (HostPair other : wanted) {
            OptionalLong offered = other.destination().capture().registers().valueOf(KnownRegisters.PSCI_VERSION);
            if (other.source().label().equals(pair.source().label()) && offered.isPresent()) {
                lowest = Math.min(lowest, offered.getAsLong());
            }
        }
        String property = CpuOptions.psciVersion(lowest);
        return new Cure(
                Cure.Kind.PSCI_VERSION_PROPERTY,
                property,
                null,
                "Guests started with -cpu host," + property
                        + " see the newest PSCI version that every host they are to reach offers.");
    }

    private static boolean differsInThePmuAlone(RegisterId register, Finding finding) {
        long differing = value(finding.sourceValue()) ^ value(finding.destinationValue());
        return register.equals(KnownRegisters.ID_AA64DFR0_EL1) && differing != 0 && (differing & ~PMU_VERSION) == 0
                || register.equals(KnownRegisters.ID_DFR0_EL1)
                        && differing != 0
                        && (differing & ~AARCH32_PMU_VERSION) == 0;
    }

    private Cure hidingEntry(RegisterId register) {
        PolicyEntry entry = hiding.apply(register);
        if (entry == null) {
            return new Cure(
                    Cure.Kind.NONE,
                    null,
                    null,
                    "Hiding " + register.name() + " would help, but the sources' QEMUs do not carry the properties.");
        }
        return new Cure(
                Cure.Kind.HIDING_ENTRY,
                null,
                entry,
                "Hiding " + register.name() + " on " + entry.kernels()
                        + " keeps the destination from writing it, at the price that guests which do have its feature lose"
                        + " its state on every move.");
    }

    private boolean sourceAcceptsTheDestinations(HostPair pair, RegisterId register) {
        return evaluate.apply(pair.reversed()).findings().stream()
                .noneMatch(finding -> NOT_ACCEPTED.contains(finding.kind()) && register.equals(finding.register()));
    }

    private static long value(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
