package org.migreg.evaluation;

import static org.migreg.evaluation.ValueDecision.ACCEPTED;

import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** State under KVM, and under TCG what the processor's model says: ACTLR_EL1 and what QEMU does not implement. */
    private static final Set<Long> CONSTANT_UNDER_TCG = Stream.of("ACTLR_EL1", "AFSR0_EL1", "AFSR1_EL1", "AMAIR_EL1")
            .map(name -> RegisterId.parseLenient(name).bits())
            .collect(Collectors.toUnmodifiableSet());

    /**
     * What QEMU lists under TCG and KVM does not: floating point, SME, guarded control stacks, and EL3, of which there is
     * nothing where the processor has none.
     */
    private static final Set<Long> STATE_UNDER_TCG = Stream.of(
                    "FPCR",
                    "FPSR",
                    "TPIDR2_EL0",
                    "SVCR",
                    "SMCR_EL1",
                    "SMPRI_EL1",
                    "SCXTNUM_EL0",
                    "SCXTNUM_EL1",
                    "GCSCR_EL1",
                    "GCSPR_EL1",
                    "GCSCRE0_EL1",
                    "GCSPR_EL0",
                    "MAIR2_EL1",
                    "s3_6_c1_c1_0",
                    "s3_6_c1_c1_1",
                    "s3_6_c1_c1_2",
                    "s3_6_c1_c3_1",
                    "s3_6_c2_c0_0",
                    "s3_6_c2_c0_2",
                    "s3_6_c5_c2_0",
                    "s3_6_c6_c0_0",
                    "s3_6_c10_c2_0",
                    "s3_6_c12_c0_0",
                    "s3_6_c13_c0_2",
                    "s3_7_c14_c2_1",
                    "s3_7_c14_c2_2")
            .map(name -> RegisterId.parseLenient(name).bits())
            .collect(Collectors.toUnmodifiableSet());

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
        return isState(id) || isAarch32State(id)
                ? ACCEPTED
                : new ValueDecision.WithoutRule(
                        "whether this register is a constant under TCG may depend on the processor, and was not measured");
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
        return StateRegisters.classOf(id) != null && !CONSTANT_UNDER_TCG.contains(id)
                || STATE_UNDER_TCG.contains(id)
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
        if (RegisterLayout.size(id) != RegisterLayout.U32) {
            return false;
        }
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

    /**
     * What a guest sets by instructions of 32 bits: control, translation, faults, PMU, threads, timers, breakpoints. QEMU
     * writes them as they are. Source: QEMU {@code target/arm/helper.c} and {@code debug_helper.c}, the registers with a
     * field of the CPU's state behind them.
     */
    private static boolean isAarch32State(long id) {
        if (RegisterLayout.architecture(id) != RegisterLayout.ARM || RegisterLayout.size(id) != RegisterLayout.U32) {
            return false;
        }
        int crm = RegisterLayout.aarch32Crm(id);
        int opc1 = RegisterLayout.aarch32Opc1(id);
        int opc2 = RegisterLayout.aarch32Opc2(id);
        if ((RegisterLayout.aarch32Coprocessor(id) & 0xf) == 14) {
            return opc1 == 0
                    && switch (RegisterLayout.aarch32Crn(id)) {
                        case 0 -> opc2 >= 4 || crm == 2 && (opc2 == 0 || opc2 == 2) || crm == 7 && opc2 == 0;
                        case 1 -> crm == 1 && opc2 == 4;
                        default -> false;
                    };
        }
        return opc1 == 0
                ? switch (RegisterLayout.aarch32Crn(id)) {
                    case 1 -> crm == 0 ? opc2 == 0 || opc2 == 2 : crm == 1 && opc2 <= 1;
                    case 2 -> crm == 0 && opc2 <= 2;
                    case 3 -> crm == 0 && opc2 == 0;
                    case 5 -> crm == 0 && opc2 <= 1;
                    case 6 -> crm == 0 && (opc2 == 0 || opc2 == 2);
                    case 7 -> crm == 4 && opc2 == 0;
                    case 9 -> crm == 12 && opc2 < 6 || crm == 13 || crm == 14 && opc2 < 4;
                    case 10 -> crm == 2 && opc2 <= 1;
                    case 12 -> crm == 0 && opc2 == 0;
                    case 13 -> crm == 0 && opc2 <= 4;
                    case 14 -> crm == 1 && opc2 == 0 || (crm == 2 || crm == 3) && opc2 == 1 || crm >= 8;
                    default -> false;
                }
                : opc1 == 2 && RegisterLayout.aarch32Crn(id) == 0 && crm == 0 && opc2 == 0;
    }

    private static boolean isOfEl2(long id) {
        return switch (RegisterLayout.architecture(id)) {
            case RegisterLayout.ARM64 ->
                RegisterLayout.coprocessor(id) == RegisterLayout.SYSTEM
                        && RegisterLayout.op0(id) == 3
                        && RegisterLayout.op1(id) == 4;
            case RegisterLayout.ARM ->
                (RegisterLayout.aarch32Coprocessor(id) & 0xf) == 15
                        && (RegisterLayout.aarch32Opc1(id) == 4
                                || RegisterLayout.size(id) == RegisterLayout.U64
                                        && RegisterLayout.aarch32Opc1(id) == 6);
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
        return isConstant(id) || !isState(id) && !isAarch32State(id);
    }
}
