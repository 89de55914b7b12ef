package org.migreg.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.ValueCondition;
import org.migreg.qemu.Accelerator;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterId;

/**
 * A compiled-in exception to QEMU 11.1's list comparison.
 *
 * @param condition null for <i>not-on-both-ends</i> (the register may be on one side only), else
 *     <i>only-source-test-value</i> (may be only on the source if the condition is met)
 * @param accelerator the one accelerator it is for, or null for both
 */
public record Tolerance(
        RegisterId register,
        @Nullable ValueCondition condition,
        @Nullable Accelerator accelerator,
        String origin) {

    /**
     * Upstream's table. Source: QEMU 11.1 {@code target/arm/cpu.c} and {@code kvm.c}, the calls of
     * {@code arm_register_cpreg_mig_tolerance()}.
     */
    public static final List<Tolerance> UPSTREAM = List.of(
            new Tolerance(KnownRegisters.DBGDTRTX, null, null, "QEMU 11.1, bogus DBGDTRTX"),
            new Tolerance(KnownRegisters.TCR2_EL1, null, Accelerator.KVM, "QEMU 11.1, TCR2_EL1"),
            new Tolerance(KnownRegisters.PIRE0_EL1, null, Accelerator.KVM, "QEMU 11.1, PIRE0_EL1"),
            new Tolerance(KnownRegisters.PIR_EL1, null, Accelerator.KVM, "QEMU 11.1, PIR_EL1"),
            new Tolerance(
                    KnownRegisters.VENDOR_HYP_BMAP_2,
                    ValueCondition.ZERO,
                    Accelerator.KVM,
                    "QEMU 11.1, KVM_REG_ARM_VENDOR_HYP_BMAP_2 while 0"));

    /** Whether a QEMU that ignores this register runs a guest with {@code -cpu host} under KVM. */
    public static boolean isOfTheHostCpu(RegisterId register) {
        return UPSTREAM.stream()
                .anyMatch(each -> each.register().equals(register) && each.accelerator() == Accelerator.KVM);
    }

    /** Whether the destination's QEMU has it. Those under KVM are only for {@code -cpu host} (seen: QEMU 11.1.3, cortex-a57). */
    boolean isIn(DestinationSide destination) {
        return accelerator == null
                || accelerator == destination.accelerator()
                        && (accelerator == Accelerator.TCG
                                || destination.circumstances().cpuOrHost().isHost());
    }
}
