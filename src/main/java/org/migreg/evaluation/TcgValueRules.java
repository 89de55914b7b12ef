package org.migreg.evaluation;

import static org.migreg.evaluation.ValueDecision.ACCEPTED;

import java.util.OptionalLong;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterLayout;
import org.migreg.register.RegisterList;

/**
 * Which values TCG takes: QEMU writes each register, reads it back, and fails the load where that gives another value.
 * Constants must be equal, and one that the stream lacks must be zero; so must be the registers of EL2 on a machine that
 * has EL3 and no EL2.
 *
 * <p>Source: QEMU {@code target/arm/helper.c}, {@code write_list_to_cpustate()}; held against the recorded loads of
 * QEMU 7.2, 10.0 and 11.1: of the 414 real streams that passed the list comparison they find each of the 177 failures and
 * never refuse one that loaded ({@code docs/value-rules.md}).
 */
final class TcgValueRules {

    /** CNTHCTL_EL2: 3 at reset where there is EL2, and 0, a constant, where QEMU keeps its id without it. */
    private static final RegisterId OF_EL2 = RegisterId.parseLenient("CNTHCTL_EL2");

    /** MECIDR_EL2, a constant of QEMU 11.1's max. */
    private static final int[] MECIDR_EL2 = {3, 4, 10, 8, 7};

    /** DBGDTR of AArch32, which QEMU 10.0.13 and 11.1 list in place of {@link KnownRegisters#DBGDTRTX}. */
    private static final long DBGDTR = 0x4020_0000_200e_0280L;

    private static final long SCTLR_EL3 = 0x6030_0000_0013_f080L;

    private static final RegisterId SCR_EL3 = new RegisterId(0x6030_0000_0013_f088L);

    /** An identification register that AArch64 processors have, and those of 32 bits lack. */
    private static final RegisterId OF_AARCH64 = RegisterId.parseLenient("ID_AA64ISAR0_EL1");

    private TcgValueRules() {}

    static ValueDecision decide(long id, long incoming, long current, ValueFacts facts) {
        if (incoming == current) {
            return ACCEPTED;
        }
        if (isConstant(id)) {
            return ValueDecision.refused(
                    ValueRule.T1, "under TCG an identification register is a constant, which must be equal");
        }
        if (isOfEl2(id) && hasNoEl2(facts.local())) {
            return ValueDecision.refused(
                    ValueRule.T3, "the destination's machine has no EL2, where this register is 0 and stays so");
        }
        return mayBeConstant(id)
                ? new ValueDecision.WithoutRule(
                        "whether this register is a constant under TCG depends on the processor, and was not measured")
                : ACCEPTED;
    }

    static ValueDecision decideAbsent(long id, long current, ValueFacts facts) {
        if (id == DBGDTR && refusesOldDebugRegisters(facts)) {
            return ValueDecision.refused(
                    ValueRule.T4,
                    "QEMU 11.1 does not load what older QEMUs list of the debug registers of a 32-bit processor without"
                            + " EL3");
        }
        if (current == 0) {
            return ACCEPTED;
        }
        if (isConstant(id)) {
            return ValueDecision.refused(
                    ValueRule.T2, "under TCG a constant that the stream lacks counts as 0, and this one is not 0");
        }
        return isState(id)
                ? ACCEPTED
                : new ValueDecision.WithoutRule(
                        "under TCG a register that the stream lacks counts as 0, and no recorded load passed while this one"
                                + " had another value of its own");
    }

    /** What a guest sets: of each kind, recorded loads passed while the stream lacked one that was not 0. */
    private static boolean isState(long id) {
        return StateRegisters.classOf(id) != null
                || id == KnownRegisters.OSLSR_EL1.bits()
                || id == SCTLR_EL3
                || isOfEl2(id);
    }

    /**
     * Identification registers and other constants: AArch64 op0=3, CRn=0 with op1 0, 1 or 3 (but for MPIDR_EL1, which is
     * set up for each vCPU), PMCEID*, MECIDR_EL2, RMR_EL1 to 3 and what processors define in CRn=15; AArch32 cp15 CRn=0 with
     * opc1 0 or 1 (but for MPIDR), PMCEID*, RMR and CRn=15, cp14 DBGDIDR and DBGDEVID*.
     */
    static boolean isConstant(long id) {
        return switch (RegisterLayout.architecture(id)) {
            case RegisterLayout.ARM64 -> isAarch64Constant(id);
            case RegisterLayout.ARM -> isAarch32Constant(id);
            default -> false;
        };
    }

    private static boolean isAarch64Constant(long id) {
        if (RegisterLayout.coprocessor(id) != RegisterLayout.SYSTEM || RegisterLayout.op0(id) != 3) {
            return false;
        }
        int op1 = RegisterLayout.op1(id);
        int crn = RegisterLayout.crn(id);
        int crm = RegisterLayout.crm(id);
        int op2 = RegisterLayout.op2(id);
        if (crn == 0) {
            return (op1 == 0 || op1 == 1 || op1 == 3) && !(op1 == 0 && crm == 0 && op2 == 5);
        }
        return crn == 15
                || crn == 12 && crm == 0 && op2 == 2
                || op1 == 3 && crn == 9 && crm == 12 && op2 >= 6
                || op1 == MECIDR_EL2[1] && crn == MECIDR_EL2[2] && crm == MECIDR_EL2[3] && op2 == MECIDR_EL2[4];
    }

    private static boolean isAarch32Constant(long id) {
        int crn = RegisterLayout.aarch32Crn(id);
        int crm = RegisterLayout.aarch32Crm(id);
        int opc1 = RegisterLayout.aarch32Opc1(id);
        int opc2 = RegisterLayout.aarch32Opc2(id);
        return switch (RegisterLayout.aarch32Coprocessor(id) & 0xf) {
            case 14 -> opc1 == 0 && (crn == 0 && crm == 0 && opc2 == 0 || crn == 7);
            case 15 ->
                crn == 15
                        || crn == 12 && crm == 0 && opc2 == 2
                        || crn == 0 && opc1 <= 1 && !(crm == 0 && opc2 == 5)
                        || crn == 9 && opc1 == 0 && (crm == 12 && opc2 >= 6 || crm == 14 && opc2 >= 4);
            default -> false;
        };
    }

    /** What processors define for themselves: perhaps constants, RVBAR among them. */
    private static boolean mayBeConstant(long id) {
        return switch (RegisterLayout.architecture(id)) {
            case RegisterLayout.ARM64 ->
                RegisterLayout.coprocessor(id) == RegisterLayout.SYSTEM
                        && RegisterLayout.op0(id) == 3
                        && (RegisterLayout.crn(id) == 11
                                || RegisterLayout.crn(id) == 12
                                        && RegisterLayout.crm(id) == 0
                                        && RegisterLayout.op2(id) != 0);
            case RegisterLayout.ARM ->
                (RegisterLayout.aarch32Coprocessor(id) & 0xf) == 15 && RegisterLayout.aarch32Crn(id) == 11;
            default -> true;
        };
    }

    private static boolean isOfEl2(long id) {
        return switch (RegisterLayout.architecture(id)) {
            case RegisterLayout.ARM64 ->
                RegisterLayout.coprocessor(id) == RegisterLayout.SYSTEM
                        && RegisterLayout.op0(id) == 3
                        && RegisterLayout.op1(id) == 4;
            case RegisterLayout.ARM ->
                (RegisterLayout.aarch32Coprocessor(id) & 0xf) == 15 && RegisterLayout.aarch32Opc1(id) == 4;
            default -> false;
        };
    }

    /** T3. Source: QEMU {@code target/arm/helper.c}, registers of EL2 where a processor has EL3 and not EL2. */
    private static boolean hasNoEl2(RegisterList local) {
        OptionalLong value = local.valueOf(OF_EL2);
        return value.isPresent() && value.getAsLong() == 0;
    }

    /** T4: measured, without a known cause: 4 of 4 such loads failed, and the one with EL3 passed. */
    private static boolean refusesOldDebugRegisters(ValueFacts facts) {
        return facts.outgoing().contains(KnownRegisters.DBGDTRTX)
                && !facts.local().contains(KnownRegisters.DBGDTRTX)
                && !facts.local().contains(OF_AARCH64)
                && !facts.local().contains(SCR_EL3);
    }

    static boolean looksAt(long id) {
        return isConstant(id) || mayBeConstant(id);
    }
}
