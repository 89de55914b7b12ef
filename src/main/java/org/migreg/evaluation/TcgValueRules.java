package org.migreg.evaluation;

import static org.migreg.evaluation.ValueDecision.ACCEPTED;

import org.migreg.register.RegisterLayout;

/**
 * Which values TCG takes: QEMU writes each register, reads it back, and fails the load where that
 * gives another value. Identification registers are constants, so they must be equal, and one that
 * the stream lacks must be zero.
 *
 * <p>Source: QEMU {@code target/arm/helper.c}, {@code write_list_to_cpustate()}; held against the recorded loads of
 * QEMU 7.2, 10.0 and 11.1: of the 414 real streams that passed the list comparison they explain 170 of
 * 177 failures and never refuse one that loaded ({@code docs/value-rules.md}).
 */
final class TcgValueRules {

    private TcgValueRules() {}

    static ValueDecision decide(long id, long incoming, long current) {
        return incoming == current || !isConstant(id)
                ? ACCEPTED
                : ValueDecision.refused(
                        ValueRule.T1, "under TCG an identification register is a constant, which must be equal");
    }

    static ValueDecision decideAbsent(long id, long current) {
        return current == 0 || !isConstant(id)
                ? ACCEPTED
                : ValueDecision.refused(
                        ValueRule.T2,
                        "under TCG an identification register that the stream lacks counts as 0, and is a constant");
    }

    /**
     * Identification registers: AArch64 op0=3, CRn=0 with op1 0, 1 or 3 (but for MPIDR_EL1, which is
     * set up for each vCPU) and PMCEID*; AArch32 cp15 CRn=0 with opc1 0 or 1 (but for MPIDR).
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
        int crm = RegisterLayout.crm(id);
        int op2 = RegisterLayout.op2(id);
        if (RegisterLayout.crn(id) == 0) {
            return (op1 == 0 || op1 == 1 || op1 == 3) && !(op1 == 0 && crm == 0 && op2 == 5);
        }
        return op1 == 3 && RegisterLayout.crn(id) == 9 && crm == 12 && op2 >= 6;
    }

    private static boolean isAarch32Constant(long id) {
        return (RegisterLayout.aarch32Coprocessor(id) & 0xf) == 15
                && RegisterLayout.aarch32Crn(id) == 0
                && RegisterLayout.aarch32Opc1(id) <= 1
                && !(RegisterLayout.aarch32Crm(id) == 0 && RegisterLayout.aarch32Opc2(id) == 5);
    }

    static boolean looksAt(long id) {
        return isConstant(id);
    }
}
