package org.migreg.evaluation;

import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterLayout;

/** What a register is to whoever sets its value: each class has rules of its own. */
public enum RegisterClass {
    PSCI_VERSION,
    /** The level of a mitigation that firmware offers. */
    WORKAROUND,
    /** Another firmware register, that no rule is about. */
    OTHER_FIRMWARE,
    /** A set of hypercall services. */
    FEATURE_BITMAP,
    /** A cache size id, of DEMUX. */
    CACHE_SIZE,
    /** CLIDR_EL1. */
    CACHE_HIERARCHY,
    /** CTR_EL0. */
    CACHE_TYPE,
    /** Which processor it is: MIDR_EL1, REVIDR_EL1, AIDR_EL1. */
    PROCESSOR,
    /** ID_*_EL1: what the processor has. */
    IDENTIFICATION,
    /** OSLSR_EL1. */
    OS_LOCK_STATUS,
    /** PMMIR_EL1. */
    PMU_IDENTITY,
    /** Of EL2, or an EL12 alias: only nested guests have them. */
    EL2,
    /** Every other system register: what the guest has set. */
    PLAIN_STATE,
    OTHER;

    public static RegisterClass of(RegisterId register) {
        return of(register.bits());
    }

    static RegisterClass of(long id) {
        if (RegisterLayout.isSystem(id)) {
            return ofSystem(id);
        }
        if (RegisterLayout.isOf(id, RegisterLayout.ARM64, RegisterLayout.U32, RegisterLayout.DEMUX)) {
            return CACHE_SIZE;
        }
        if (RegisterLayout.isOf(id, RegisterLayout.ARM64, RegisterLayout.U64, RegisterLayout.FIRMWARE_FEATURE_BITMAP)) {
            return FEATURE_BITMAP;
        }
        return RegisterLayout.isOf(id, RegisterLayout.ARM64, RegisterLayout.U64, RegisterLayout.FIRMWARE)
                ? ofFirmware(id)
                : OTHER;
    }

    private static RegisterClass ofFirmware(long id) {
        if (id == KnownRegisters.PSCI_VERSION.bits()) {
            return PSCI_VERSION;
        }
        return id == KnownRegisters.WORKAROUND_1.bits()
                        || id == KnownRegisters.WORKAROUND_2.bits()
                        || id == KnownRegisters.WORKAROUND_3.bits()
                ? WORKAROUND
                : OTHER_FIRMWARE;
    }

    private static RegisterClass ofSystem(long id) {
        if (RegisterLayout.op0(id) == 3) {
            int op1 = RegisterLayout.op1(id);
            if (op1 == 4 || op1 == 5) {
                return EL2;
            }
            if (RegisterLayout.crn(id) == 0) {
                return ofIdentity(id, op1);
            }
        }
        if (id == KnownRegisters.PMMIR_EL1.bits()) {
            return PMU_IDENTITY;
        }
        return id == KnownRegisters.OSLSR_EL1.bits() ? OS_LOCK_STATUS : PLAIN_STATE;
    }

    /** Of op0=3, CRn=0: identification is op1=0, CRm=1 to 7. */
    private static RegisterClass ofIdentity(long id, int op1) {
        int crm = RegisterLayout.crm(id);
        if (op1 == 0 && crm >= 1 && crm <= 7) {
            return IDENTIFICATION;
        }
        if (id == KnownRegisters.CTR_EL0.bits()) {
            return CACHE_TYPE;
        }
        if (id == KnownRegisters.CLIDR_EL1.bits()) {
            return CACHE_HIERARCHY;
        }
        return id == KnownRegisters.MIDR_EL1.bits()
                        || id == KnownRegisters.REVIDR_EL1.bits()
                        || id == KnownRegisters.AIDR_EL1.bits()
                ? PROCESSOR
                : PLAIN_STATE;
    }

    /** The AArch32 ones of {@link #IDENTIFICATION}: CRm=1 to 3. */
    static boolean isAarch32Identification(long id) {
        return of(id) == IDENTIFICATION && RegisterLayout.crm(id) <= 3;
    }
}
