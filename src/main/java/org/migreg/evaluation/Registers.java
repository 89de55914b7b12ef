package org.migreg.evaluation;

/** Bits of the register IDs that value rules name. */
final class Registers {

    static final long PSCI_VERSION = 0x6030_0000_0014_0000L;
    static final long WORKAROUND_1 = 0x6030_0000_0014_0001L;
    static final long WORKAROUND_2 = 0x6030_0000_0014_0002L;
    static final long WORKAROUND_3 = 0x6030_0000_0014_0003L;
    static final long VENDOR_HYP_BMAP_2 = 0x6030_0000_0016_0003L;
    static final long OSLSR_EL1 = 0x6030_0000_0013_808cL;
    static final long MIDR_EL1 = 0x6030_0000_0013_c000L;
    static final long REVIDR_EL1 = 0x6030_0000_0013_c006L;
    static final long AIDR_EL1 = 0x6030_0000_0013_c807L;
    static final long CLIDR_EL1 = 0x6030_0000_0013_c801L;
    static final long CTR_EL0 = 0x6030_0000_0013_d801L;
    static final long PMMIR_EL1 = 0x6030_0000_0013_c4f6L;
    static final long PMCR_EL0 = 0x6030_0000_0013_dce0L;
    static final long PMCNTENSET_EL0 = 0x6030_0000_0013_dce1L;
    static final long PMCNTENCLR_EL0 = 0x6030_0000_0013_dce2L;
    static final long PMINTENSET_EL1 = 0x6030_0000_0013_c4f1L;
    static final long PMINTENCLR_EL1 = 0x6030_0000_0013_c4f2L;
    static final long TCR2_EL1 = 0x6030_0000_0013_c103L;
    static final long PIRE0_EL1 = 0x6030_0000_0013_c512L;
    static final long PIR_EL1 = 0x6030_0000_0013_c513L;
    static final long POR_EL1 = 0x6030_0000_0013_c514L;
    static final long SCTLR2_EL1 = 0x6030_0000_0013_c083L;
    static final long FPMR = 0x6030_0000_0013_da22L;

    static final long ID_PFR0 = 0x6030_0000_0013_c008L;
    static final long ID_DFR0 = 0x6030_0000_0013_c00aL;
    static final long ID_AFR0 = 0x6030_0000_0013_c00bL;
    static final long ID_MMFR0 = 0x6030_0000_0013_c00cL;
    static final long ID_MMFR4 = 0x6030_0000_0013_c016L;
    static final long ID_AA64PFR0 = 0x6030_0000_0013_c020L;
    static final long ID_AA64PFR2 = 0x6030_0000_0013_c022L;
    static final long ID_AA64SMFR0 = 0x6030_0000_0013_c025L;
    static final long ID_AA64FPFR0 = 0x6030_0000_0013_c027L;
    static final long ID_AA64DFR0 = 0x6030_0000_0013_c028L;
    static final long ID_AA64MMFR0 = 0x6030_0000_0013_c038L;
    static final long ID_AA64MMFR1 = 0x6030_0000_0013_c039L;
    static final long ID_AA64MMFR2 = 0x6030_0000_0013_c03aL;
    static final long ID_AA64MMFR3 = 0x6030_0000_0013_c03bL;

    private static final long SYSTEM = 0x6030_0000_0013_0000L;
    private static final long FAMILY = 0xffff_ffff_ffff_0000L;

    private Registers() {}

    static boolean isSystem(long id) {
        return (id & FAMILY) == SYSTEM;
    }

    static boolean isCacheSize(long id) {
        return (id & FAMILY) == 0x6020_0000_0011_0000L;
    }

    static boolean isFeatureBitmap(long id) {
        return (id & FAMILY) == 0x6030_0000_0016_0000L;
    }

    /** ID_* registers: op0=3, op1=0, CRn=0, CRm=1..7. */
    static boolean isIdentification(long id) {
        return isSystem(id) && (id & 0xffc0) == 0xc000 && (id & 0x3f) >= 8;
    }

    /** The AArch32 ones of them: CRm=1..3. */
    static boolean isAarch32Identification(long id) {
        return isIdentification(id) && (id & 0x3f) < 0x20;
    }

    /** Registers of EL2 (op1=4) and their EL12 aliases (op1=5), which only nested guests have. */
    static boolean isOfEl2(long id) {
        int op1 = (int) (id >>> 11 & 7);
        return isSystem(id) && (id >>> 14 & 3) == 3 && (op1 == 4 || op1 == 5);
    }
}
