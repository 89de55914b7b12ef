package org.migreg.evaluation;

import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterLayout;

/** Bits of the register IDs that value rules name. */
final class Registers {

    static final long PSCI_VERSION = KnownRegisters.PSCI_VERSION.bits();
    static final long WORKAROUND_1 = KnownRegisters.WORKAROUND_1.bits();
    static final long WORKAROUND_2 = KnownRegisters.WORKAROUND_2.bits();
    static final long WORKAROUND_3 = KnownRegisters.WORKAROUND_3.bits();
    static final long VENDOR_HYP_BMAP_2 = KnownRegisters.VENDOR_HYP_BMAP_2.bits();
    static final long OSLSR_EL1 = KnownRegisters.OSLSR_EL1.bits();
    static final long MIDR_EL1 = KnownRegisters.MIDR_EL1.bits();
    static final long REVIDR_EL1 = KnownRegisters.REVIDR_EL1.bits();
    static final long AIDR_EL1 = KnownRegisters.AIDR_EL1.bits();
    static final long CLIDR_EL1 = KnownRegisters.CLIDR_EL1.bits();
    static final long CTR_EL0 = KnownRegisters.CTR_EL0.bits();
    static final long PMMIR_EL1 = KnownRegisters.PMMIR_EL1.bits();
    static final long PMCR_EL0 = KnownRegisters.PMCR_EL0.bits();
    static final long PMCNTENSET_EL0 = KnownRegisters.PMCNTENSET_EL0.bits();
    static final long PMCNTENCLR_EL0 = KnownRegisters.PMCNTENCLR_EL0.bits();
    static final long PMINTENSET_EL1 = KnownRegisters.PMINTENSET_EL1.bits();
    static final long PMINTENCLR_EL1 = KnownRegisters.PMINTENCLR_EL1.bits();
    static final long TCR2_EL1 = KnownRegisters.TCR2_EL1.bits();
    static final long PIRE0_EL1 = KnownRegisters.PIRE0_EL1.bits();
    static final long PIR_EL1 = KnownRegisters.PIR_EL1.bits();
    static final long POR_EL1 = KnownRegisters.POR_EL1.bits();
    static final long SCTLR2_EL1 = KnownRegisters.SCTLR2_EL1.bits();
    static final long FPMR = KnownRegisters.FPMR.bits();

    static final long ID_DFR0 = KnownRegisters.ID_DFR0_EL1.bits();
    static final long ID_MMFR0 = KnownRegisters.ID_MMFR0_EL1.bits();
    static final long ID_MMFR4 = KnownRegisters.ID_MMFR4_EL1.bits();
    static final long ID_AA64PFR0 = KnownRegisters.ID_AA64PFR0_EL1.bits();
    static final long ID_AA64PFR2 = KnownRegisters.ID_AA64PFR2_EL1.bits();
    static final long ID_AA64SMFR0 = KnownRegisters.ID_AA64SMFR0_EL1.bits();
    static final long ID_AA64FPFR0 = KnownRegisters.ID_AA64FPFR0_EL1.bits();
    static final long ID_AA64DFR0 = KnownRegisters.ID_AA64DFR0_EL1.bits();
    static final long ID_AA64MMFR0 = KnownRegisters.ID_AA64MMFR0_EL1.bits();
    static final long ID_AA64MMFR1 = KnownRegisters.ID_AA64MMFR1_EL1.bits();
    static final long ID_AA64MMFR2 = KnownRegisters.ID_AA64MMFR2_EL1.bits();
    static final long ID_AA64MMFR3 = KnownRegisters.ID_AA64MMFR3_EL1.bits();

    private Registers() {}

    static boolean isSystem(long id) {
        return RegisterLayout.isSystem(id);
    }

    static boolean isCacheSize(long id) {
        return RegisterLayout.isOf(id, RegisterLayout.ARM64, RegisterLayout.U32, RegisterLayout.DEMUX);
    }

    static boolean isFeatureBitmap(long id) {
        return RegisterLayout.isOf(
                id, RegisterLayout.ARM64, RegisterLayout.U64, RegisterLayout.FIRMWARE_FEATURE_BITMAP);
    }

    /** ID_* registers: op0=3, op1=0, CRn=0, CRm=1..7. */
    static boolean isIdentification(long id) {
        return isSystem(id)
                && RegisterLayout.op0(id) == 3
                && RegisterLayout.op1(id) == 0
                && RegisterLayout.crn(id) == 0
                && RegisterLayout.crm(id) >= 1
                && RegisterLayout.crm(id) <= 7;
    }

    /** The AArch32 ones of them: CRm=1..3. */
    static boolean isAarch32Identification(long id) {
        return isIdentification(id) && RegisterLayout.crm(id) <= 3;
    }

    /** Registers of EL2 (op1=4) and their EL12 aliases (op1=5), which only nested guests have. */
    static boolean isOfEl2(long id) {
        int op1 = RegisterLayout.op1(id);
        return isSystem(id) && RegisterLayout.op0(id) == 3 && (op1 == 4 || op1 == 5);
    }
}
