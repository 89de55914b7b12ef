package org.migreg.register;

/** The registers that code names: what rules, advice and readings of files know by more than their id. */
public final class KnownRegisters {

    public static final RegisterId PSCI_VERSION = RegisterNames.require("KVM_REG_ARM_PSCI_VERSION");
    public static final RegisterId WORKAROUND_1 = RegisterNames.require("KVM_REG_ARM_SMCCC_ARCH_WORKAROUND_1");
    public static final RegisterId WORKAROUND_2 = RegisterNames.require("KVM_REG_ARM_SMCCC_ARCH_WORKAROUND_2");
    public static final RegisterId WORKAROUND_3 = RegisterNames.require("KVM_REG_ARM_SMCCC_ARCH_WORKAROUND_3");
    public static final RegisterId VENDOR_HYP_BMAP_2 = RegisterNames.require("KVM_REG_ARM_VENDOR_HYP_BMAP_2");

    public static final RegisterId MIDR_EL1 = RegisterNames.require("MIDR_EL1");
    public static final RegisterId REVIDR_EL1 = RegisterNames.require("REVIDR_EL1");
    public static final RegisterId AIDR_EL1 = RegisterNames.require("AIDR_EL1");
    public static final RegisterId CLIDR_EL1 = RegisterNames.require("CLIDR_EL1");
    public static final RegisterId CTR_EL0 = RegisterNames.require("CTR_EL0");
    public static final RegisterId OSLSR_EL1 = RegisterNames.require("OSLSR_EL1");

    public static final RegisterId ID_DFR0_EL1 = RegisterNames.require("ID_DFR0_EL1");
    public static final RegisterId ID_MMFR0_EL1 = RegisterNames.require("ID_MMFR0_EL1");
    public static final RegisterId ID_MMFR4_EL1 = RegisterNames.require("ID_MMFR4_EL1");
    public static final RegisterId ID_AA64PFR0_EL1 = RegisterNames.require("ID_AA64PFR0_EL1");
    public static final RegisterId ID_AA64PFR1_EL1 = RegisterNames.require("ID_AA64PFR1_EL1");
    public static final RegisterId ID_AA64PFR2_EL1 = RegisterNames.require("ID_AA64PFR2_EL1");
    public static final RegisterId ID_AA64SMFR0_EL1 = RegisterNames.require("ID_AA64SMFR0_EL1");
    public static final RegisterId ID_AA64FPFR0_EL1 = RegisterNames.require("ID_AA64FPFR0_EL1");
    public static final RegisterId ID_AA64DFR0_EL1 = RegisterNames.require("ID_AA64DFR0_EL1");
    public static final RegisterId ID_AA64MMFR0_EL1 = RegisterNames.require("ID_AA64MMFR0_EL1");
    public static final RegisterId ID_AA64MMFR1_EL1 = RegisterNames.require("ID_AA64MMFR1_EL1");
    public static final RegisterId ID_AA64MMFR2_EL1 = RegisterNames.require("ID_AA64MMFR2_EL1");
    public static final RegisterId ID_AA64MMFR3_EL1 = RegisterNames.require("ID_AA64MMFR3_EL1");

    public static final RegisterId TCR2_EL1 = RegisterNames.require("TCR2_EL1");
    public static final RegisterId SCTLR2_EL1 = RegisterNames.require("SCTLR2_EL1");
    public static final RegisterId PIRE0_EL1 = RegisterNames.require("PIRE0_EL1");
    public static final RegisterId PIR_EL1 = RegisterNames.require("PIR_EL1");
    public static final RegisterId POR_EL1 = RegisterNames.require("POR_EL1");
    public static final RegisterId FPMR = RegisterNames.require("FPMR");
    public static final RegisterId CNTP_CTL_EL0 = RegisterNames.require("CNTP_CTL_EL0");

    public static final RegisterId PMCR_EL0 = RegisterNames.require("PMCR_EL0");
    public static final RegisterId PMCNTENSET_EL0 = RegisterNames.require("PMCNTENSET_EL0");
    public static final RegisterId PMCNTENCLR_EL0 = RegisterNames.require("PMCNTENCLR_EL0");
    public static final RegisterId PMINTENSET_EL1 = RegisterNames.require("PMINTENSET_EL1");
    public static final RegisterId PMINTENCLR_EL1 = RegisterNames.require("PMINTENCLR_EL1");
    public static final RegisterId PMMIR_EL1 = RegisterNames.require("PMMIR_EL1");

    /** The count of the physical timer. */
    public static final RegisterId PHYSICAL_COUNT = RegisterNames.require("CNTPCT_EL0");

    /** KVM's count of the virtual timer, whose id has the encoding of CNTV_CVAL_EL0. */
    public static final RegisterId VIRTUAL_COUNT = RegisterNames.require("KVM_REG_ARM_TIMER_CNT");

    /** The register that QEMU up to 11.0 lists by mistake under TCG. */
    public static final RegisterId DBGDTRTX = RegisterNames.require("DBGDTRTX");

    private KnownRegisters() {}
}
