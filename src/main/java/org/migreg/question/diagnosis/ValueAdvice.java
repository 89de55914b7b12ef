package org.migreg.question.diagnosis;

import java.util.StringJoiner;
import org.migreg.evaluation.RegisterClass;
import org.migreg.format.qemulog.LogEvent.ValueRefused;
import org.migreg.register.Hex;
import org.migreg.register.KnownRegisters;
import org.migreg.register.Midr;
import org.migreg.register.RegisterId;

/**
 * What helps against a refused value. No list policy does: both sides have the register.
 *
 * <p>Source: the value rules measured on real kernels ({@code docs/value-rules.md}).
 */
final class ValueAdvice {

    private static final String PMU =
            "It belongs to the performance monitors: -cpu host,pmu=off on both hosts takes them away from the"
                    + " guest (from its next start on); no entry changes it.";

    private ValueAdvice() {}

    static String sentence(ValueRefused refused) {
        RegisterId register = refused.register();
        String what = refused.unknownToKvm()
                ? register.name() + " was on the destination's list, but KVM no longer knew it when QEMU wrote it. "
                : "KVM refused " + given(refused) + " for " + register.name() + ". ";
        return what + (refused.unknownToKvm() ? gone(register) : help(refused));
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

    private static String gone(RegisterId register) {
        return "That happens when an incoming ID register, written before it, takes the feature away that "
                + register.name() + " belongs to: the source's guest does not have it. Run the guest without that"
                + " feature on both hosts, or between hosts whose ID registers agree; no entry changes it.";
    }

    private static String help(ValueRefused refused) {
        RegisterId register = refused.register();
        return switch (RegisterClass.of(register)) {
            case PSCI_VERSION -> psci(refused);
            case PROCESSOR ->
                "It identifies the processor, so the hosts have different processors" + processors(refused)
                        + ": no entry and no CPU property changes it; migrate between hosts of one processor.";
            case CACHE_SIZE, CACHE_HIERARCHY, CACHE_TYPE ->
                "It describes the host's caches. Kernels up to 6.1 take none but their own value, later ones any that"
                        + " promises no more than the host has; a newer kernel on the destination helps, or hosts of"
                        + " one processor. No entry changes it.";
            case WORKAROUND, OTHER_FIRMWARE ->
                "It tells the guest which processor vulnerabilities the host mitigates, and a guest cannot be moved to"
                        + " a host that mitigates less: bring the destination's mitigations up to the source's.";
            case FEATURE_BITMAP ->
                "It is the set of hypercalls that the guest was offered, and the destination's kernel offers fewer: a"
                        + " newer kernel there helps; no entry does.";
            case PMU_IDENTITY -> PMU;
            case IDENTIFICATION -> tellsOfThePmu(register) ? PMU : identification(refused);
            case OS_LOCK_STATUS, EL2, CONTROL_STATE, TIMER, PMU, DEBUG, OTHER_SYSTEM, OTHER ->
                register.name().startsWith("PM")
                        ? PMU
                        : "No list policy cures a refused value: make the hosts alike in what this register describes.";
        };
    }

    private static boolean tellsOfThePmu(RegisterId register) {
        return register.equals(KnownRegisters.ID_AA64DFR0_EL1) || register.equals(KnownRegisters.ID_DFR0_EL1);
    }

    private static String identification(ValueRefused refused) {
        return "It is an ID register" + fields(refused)
                + ": the source's processor or kernel has a feature that the"
                + " destination cannot give. Run the guest with a CPU model or CPU properties that both hosts have,"
                + " or between hosts alike; a kernel before 6.7 takes no value but its own. No entry changes it.";
    }

    private static String psci(ValueRefused refused) {
        Long current = refused.current();
        if (current == null) {
            return "The source's kernel offers a newer PSCI than the destination's: start the guest with the older one,"
                    + " such as -cpu host,kvm-psci-version=1.1. No entry changes it.";
        }
        return "The source's kernel offers a newer PSCI than the destination's: start the guest on the source with -cpu"
                + " host,kvm-psci-version=" + (current >>> 16) + "." + (current & 0xffff) + ". No entry changes it.";
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
        return " (" + new Midr(incoming).describe() + " and " + new Midr(current).describe() + ")";
    }

    /** The 4-bit fields that differ, highest first: {@code , differing in [35:32] (1, here 0)}. */
    private static String fields(ValueRefused refused) {
        Long incoming = refused.incoming();
        Long current = refused.current();
        if (incoming == null || current == null || incoming.equals(current)) {
            return "";
        }
        StringJoiner differing = new StringJoiner(", ", ", differing in ", "");
        for (int low = 60; low >= 0; low -= 4) {
            long in = incoming >>> low & 0xf;
            long own = current >>> low & 0xf;
            if (in != own) {
                differing.add("[" + (low + 3) + ":" + low + "] (" + in + ", here " + own + ")");
            }
        }
        return differing.toString();
    }
}
