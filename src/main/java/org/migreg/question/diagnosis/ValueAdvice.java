package org.migreg.question.diagnosis;

import java.util.EnumSet;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.RegisterClass;
import org.migreg.format.qemulog.LogContext.Start;
import org.migreg.format.qemulog.LogEvent.ValueRefused;
import org.migreg.register.BitField;
import org.migreg.register.Hex;
import org.migreg.register.KnownRegisters;
import org.migreg.register.Midr;
import org.migreg.register.RegisterFields;
import org.migreg.register.RegisterId;

/**
 * What a refused value proves, what it suggests, and what helps. No list policy does: both sides have the register.
 *
 * <p>Source: the value rules measured on real kernels ({@code docs/value-rules.md}).
 *
 * @param proved what the log says of it
 * @param suggested what may be the cause; null where the log proves it
 * @param next what helps
 */
record ValueAdvice(String proved, @Nullable Suggestion suggested, String next) {

    private static final String PMU =
            "-cpu host,pmu=off on both hosts takes the performance monitors away from the guest (from its next start on); no"
                    + " entry changes it.";
    private static final String BOTH_CAPTURES = "captures of both hosts, compared";
    private static final String BOTH_KINDS = "lscpu lists both kinds of core on one host";

    /** What a host gives its guests by the core that they run on: it differs at a plain start only between kinds of core. */
    private static final Set<RegisterClass> DIFFER_BY_CORE = EnumSet.of(
            RegisterClass.PROCESSOR,
            RegisterClass.CACHE_SIZE,
            RegisterClass.CACHE_HIERARCHY,
            RegisterClass.CACHE_TYPE,
            RegisterClass.IDENTIFICATION,
            RegisterClass.PMU_IDENTITY,
            RegisterClass.WORKAROUND);

    /** Fields that KVM compares as signed numbers: 0xf is less than 0. */
    private static final Set<String> SIGNED =
            Set.of("FP", "AdvSIMD", "TGRAN4", "TGRAN64", "DoubleLock", "InnerShr", "OuterShr");

    static ValueAdvice of(ValueRefused refused, Start start) {
        RegisterId register = refused.register();
        if (refused.unknownToKvm()) {
            return new ValueAdvice(
                    register.name() + " was on the destination's list, but KVM no longer knew it when QEMU wrote it.",
                    new Suggestion(
                            "An incoming ID register, written before it, takes the feature away that " + register.name()
                                    + " belongs to: the source's guest does not have it.",
                            BOTH_CAPTURES),
                    "Run the guest without that feature on both hosts, or between hosts whose ID registers agree; no entry"
                            + " changes it.");
        }
        String proved = "KVM refused " + given(refused) + " for " + register.name() + ".";
        RegisterClass about = RegisterClass.of(register);
        if (start == Start.PLAIN && DIFFER_BY_CORE.contains(about)) {
            return new ValueAdvice(
                    proved
                            + switch (about) {
                                case PROCESSOR -> whichProcessor(refused);
                                case CACHE_SIZE, CACHE_HIERARCHY, CACHE_TYPE -> " It describes the caches of a core.";
                                case IDENTIFICATION -> " It is an ID register" + fields(refused) + ".";
                                default -> "";
                            },
                    new Suggestion(
                            "This host has " + kinds(refused)
                                    + ": the vCPU's registers were read on one and written on the other.",
                            BOTH_KINDS),
                    pinned());
        }
        return switch (about) {
            case PSCI_VERSION -> psci(proved, refused);
            case PROCESSOR -> processor(proved, refused, start);
            case CACHE_SIZE, CACHE_HIERARCHY, CACHE_TYPE ->
                new ValueAdvice(
                        proved + " It describes the caches of a core.",
                        new Suggestion(
                                "The hosts have other caches, or one host has two kinds of core: such a one prints"
                                        + " the same when a guest is started.",
                                BOTH_CAPTURES),
                        "Kernels up to 6.1 take none but their own value, later ones any that promises no more than"
                                + " the host has: a newer kernel on the destination helps, or hosts of one processor."
                                + " No entry changes it.");
            case WORKAROUND, OTHER_FIRMWARE ->
                new ValueAdvice(
                        proved + " It tells the guest which processor vulnerabilities the host mitigates.",
                        new Suggestion("The destination mitigates less than the source.", "lscpu of both hosts"),
                        "Bring the destination's mitigations up to the source's.");
            case FEATURE_BITMAP -> bitmap(proved, refused);
            case PMU_IDENTITY -> pmu(proved);
            case IDENTIFICATION ->
                tellsOfThePmu(register) ? pmu(proved + fields(refused)) : identification(proved, refused);
            case OS_LOCK_STATUS, EL2, CONTROL_STATE, TIMER, PMU, DEBUG, OTHER_SYSTEM, OTHER ->
                register.name().startsWith("PM")
                        ? pmu(proved)
                        : new ValueAdvice(
                                proved,
                                null,
                                "No list policy cures a refused value: make the hosts alike in what " + register.name()
                                        + " describes.");
        };
    }

    private static String given(ValueRefused refused) {
        Long incoming = refused.incoming();
        Long current = refused.current();
        String values = incoming == null ? "the incoming value" : "the incoming value " + Hex.number(incoming);
        if (current != null) {
            values += " (its own is " + Hex.number(current) + ")";
        }
        return refused.error() == null ? values : values + ": " + refused.error();
    }

    private static boolean tellsOfThePmu(RegisterId register) {
        return register.equals(KnownRegisters.ID_AA64DFR0_EL1) || register.equals(KnownRegisters.ID_DFR0_EL1);
    }

    private static ValueAdvice pmu(String proved) {
        return new ValueAdvice(
                proved,
                new Suggestion("The hosts' performance monitors differ, or only one side has any.", BOTH_CAPTURES),
                PMU);
    }

    static String pinned() {
        return "Bind the guest to cores of one kind: virsh vcpupin and emulatorpin, taskset, or the affinity of the guest's"
                + " configuration. No entry changes it.";
    }

    private static ValueAdvice psci(String proved, ValueRefused refused) {
        Long incoming = refused.incoming();
        Long current = refused.current();
        if (incoming != null && current != null && incoming <= current) {
            return new ValueAdvice(
                    proved + " The guest was given PSCI " + psci(incoming) + ", which is not newer than this host's "
                            + psci(current) + ".",
                    new Suggestion(
                            "This host's KVM does not know that version, or the vCPU was made without PSCI 0.2 here.",
                            "the kernel of both hosts, and -cpu of both command lines"),
                    "Start both QEMUs with the same kvm-psci-version, such as -cpu host,kvm-psci-version=1.1. No entry"
                            + " changes it.");
        }
        if (incoming == null || current == null) {
            return new ValueAdvice(
                    proved,
                    new Suggestion("The source's kernel offers a newer PSCI than the destination's.", BOTH_CAPTURES),
                    "Start the guest on the source with the older PSCI, such as -cpu host,kvm-psci-version=1.1. No entry"
                            + " changes it.");
        }
        return new ValueAdvice(
                proved + " The guest was given PSCI " + psci(incoming) + ", and this host's KVM offers " + psci(current)
                        + ".",
                null,
                "Start the guest on the source with the older PSCI: -cpu host,kvm-psci-version=" + psci(current)
                        + ". No entry changes it.");
    }

    private static String psci(long version) {
        return (version >>> 16) + "." + (version & 0xffff);
    }

    private static ValueAdvice processor(String proved, ValueRefused refused, Start start) {
        String kinds = kinds(refused);
        String told = proved + whichProcessor(refused);
        return new ValueAdvice(
                told,
                new Suggestion(
                        start == Start.INCOMING
                                ? "The hosts have different processors, or one of them has " + kinds
                                        + " and the vCPU ran on the other kind."
                                : "If a guest was being started: the host has " + kinds
                                        + ", and the vCPU's registers were read"
                                        + " on one and written on the other. If one was being loaded: it came from a host with"
                                        + " another processor.",
                        "lscpu of the host or hosts"),
                (start == Start.INCOMING ? "" : pinned() + " ")
                        + "Migrate between hosts of one processor; no entry and no CPU property changes it.");
    }

    private static String kinds(ValueRefused refused) {
        String pair = processors(refused);
        return pair.isEmpty() ? "two kinds of core" : "two kinds of core (" + pair + ")";
    }

    private static String whichProcessor(ValueRefused refused) {
        String pair = processors(refused);
        return " It says which processor it is"
                + (pair.isEmpty()
                        ? "."
                        : ": the value is that of the first of " + pair + ", and it was written on the second.");
    }

    private static String processors(ValueRefused refused) {
        Long incoming = refused.incoming();
        Long current = refused.current();
        if (!refused.register().equals(KnownRegisters.MIDR_EL1)
                || incoming == null
                || current == null
                || incoming >>> 32 != 0
                || current >>> 32 != 0) {
            return "";
        }
        return new Midr(incoming).describe() + " and " + new Midr(current).describe();
    }

    private static ValueAdvice bitmap(String proved, ValueRefused refused) {
        Long incoming = refused.incoming();
        Long current = refused.current();
        String next = "A newer kernel on the destination helps; no entry does.";
        if (incoming == null || current == null || (incoming & ~current) == 0) {
            return new ValueAdvice(
                    proved + " It is the set of hypercalls that the guest was offered.",
                    new Suggestion("The destination's kernel offers fewer hypercalls.", BOTH_CAPTURES),
                    next);
        }
        return new ValueAdvice(
                proved + " The guest was offered the hypercalls " + Hex.number(incoming & ~current)
                        + " of this set, and this host's kernel does not offer them.",
                null,
                next);
    }

    private static ValueAdvice identification(String proved, ValueRefused refused) {
        String told = proved + " It is an ID register" + fields(refused) + ".";
        Long incoming = refused.incoming();
        Long current = refused.current();
        boolean isHigher = incoming == null || current == null || isHigherSomewhere(incoming, current, refused);
        if (isHigher) {
            return new ValueAdvice(
                    told,
                    new Suggestion(
                            "The source's processor or kernel has a feature that the destination cannot give.",
                            BOTH_CAPTURES),
                    "Run the guest with a CPU model or CPU properties that both hosts have, or between hosts alike; a kernel"
                            + " before 6.7 takes no value but its own. No entry changes it.");
        }
        if (isOfGic(refused)) {
            return new ValueAdvice(
                    told,
                    new Suggestion(
                            "The guest has a GICv2, or none: kernels from 6.12 on refuse this for every such guest that is loaded"
                                    + " or restored, on one and the same host too, until 'KVM: arm64: Make ID_PFR1_EL1.GIC"
                                    + " writable'.",
                            "gic-version of the guest's command line, and the destination's kernel"),
                    "Load it on a kernel before 6.12 or one that has that fix, or start the guest anew. No entry changes it.");
        }
        return new ValueAdvice(
                told,
                new Suggestion(
                        "The guest was given less than this host has, and this host's kernel lets nobody lower the field: before"
                                + " 6.7 a kernel takes no value but its own, later ones what they made writable.",
                        "the writable masks in a capture of the destination"),
                "A newer kernel on the destination helps where it made the field writable, or hosts alike; no entry changes it.");
    }

    private static boolean isOfGic(ValueRefused refused) {
        Long incoming = refused.incoming();
        Long current = refused.current();
        return incoming != null
                && current != null
                && RegisterFields.fieldsOf(refused.register()).stream()
                        .filter(field -> field.of(incoming) != field.of(current))
                        .allMatch(field -> field.name().equals("GIC"));
    }

    /** Whether any field of the incoming value promises more than the host's own. */
    private static boolean isHigherSomewhere(long incoming, long current, ValueRefused refused) {
        for (int low = 60; low >= 0; low -= 4) {
            BitField field = new BitField("?", low + 3, low);
            if (field.of(incoming) != field.of(current) && isHigher(refused, field)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the incoming field promises more than the host's own. */
    private static boolean isHigher(ValueRefused refused, BitField field) {
        long in = field.of(refused.incoming() == null ? 0 : refused.incoming());
        long own = field.of(refused.current() == null ? 0 : refused.current());
        boolean isSigned = RegisterFields.fieldsOf(refused.register()).stream()
                .anyMatch(named -> named.low() == field.low() && SIGNED.contains(named.name()));
        return isSigned ? (in << 60) > (own << 60) : in > own;
    }

    /** The 4-bit fields that differ, highest first: {@code , differing in NV [27:24] (0, here 2, so the lower one)}. */
    private static String fields(ValueRefused refused) {
        Long incoming = refused.incoming();
        Long current = refused.current();
        if (incoming == null || current == null || incoming.equals(current)) {
            return "";
        }
        StringJoiner differing = new StringJoiner(", ", ", differing in ", "");
        for (int low = 60; low >= 0; low -= 4) {
            BitField field = new BitField("?", low + 3, low);
            if (field.of(incoming) != field.of(current)) {
                differing.add(field.bits() + " (" + field.of(incoming) + ", here " + field.of(current) + ": "
                        + (isHigher(refused, field) ? "the higher" : "the lower") + " one)");
            }
        }
        return differing.toString();
    }
}
