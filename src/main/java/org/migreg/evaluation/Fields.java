package org.migreg.evaluation;

import org.migreg.register.BitField;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterFields;

/** Fields that value rules name. */
final class Fields {

    static final BitField CSV2 = RegisterFields.require(KnownRegisters.ID_AA64PFR0_EL1, "CSV2");
    static final BitField CSV3 = RegisterFields.require(KnownRegisters.ID_AA64PFR0_EL1, "CSV3");
    static final BitField EL0 = RegisterFields.require(KnownRegisters.ID_AA64PFR0_EL1, "EL0");
    static final BitField NV = RegisterFields.require(KnownRegisters.ID_AA64MMFR2_EL1, "NV");
    static final BitField PMU_VERSION = RegisterFields.require(KnownRegisters.ID_AA64DFR0_EL1, "PMUVer");
    static final BitField PERF_MON = RegisterFields.require(KnownRegisters.ID_DFR0_EL1, "PerfMon");

    static final BitField LOUIS = RegisterFields.require(KnownRegisters.CLIDR_EL1, "LoUIS");
    static final BitField LOC = RegisterFields.require(KnownRegisters.CLIDR_EL1, "LoC");
    static final BitField LOUU = RegisterFields.require(KnownRegisters.CLIDR_EL1, "LoUU");

    static final BitField I_MIN_LINE = RegisterFields.require(KnownRegisters.CTR_EL0, "IminLine");
    static final BitField L1_IP = RegisterFields.require(KnownRegisters.CTR_EL0, "L1Ip");
    static final BitField D_MIN_LINE = RegisterFields.require(KnownRegisters.CTR_EL0, "DminLine");
    static final BitField IDC = RegisterFields.require(KnownRegisters.CTR_EL0, "IDC");
    static final BitField DIC = RegisterFields.require(KnownRegisters.CTR_EL0, "DIC");

    /** How many event counters: PMCR_EL0.N. */
    static final BitField PMU_COUNTERS = new BitField("N", 15, 11);

    private Fields() {}
}
