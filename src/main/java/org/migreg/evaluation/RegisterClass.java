package org.migreg.evaluation;

import org.jspecify.annotations.Nullable;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterLayout;

/** What a register is to whoever sets its value: each register has one class, and each class rules of its own, or none. */
public enum RegisterClass {
    PSCI_VERSION(Evidence.MEASURED, "the PSCI version"),
    /** The level of a mitigation that firmware offers. */
    WORKAROUND(Evidence.MEASURED, "levels of firmware workarounds"),
    /** Another firmware register, that no rule is about. */
    OTHER_FIRMWARE(Evidence.NONE, "a firmware register that no measured kernel lists"),
    /** A set of hypercall services. */
    FEATURE_BITMAP(Evidence.MEASURED, "sets of hypercall services"),
    /** A cache size id, of DEMUX. */
    CACHE_SIZE(Evidence.MEASURED, "cache size ids"),
    /** CLIDR_EL1. */
    CACHE_HIERARCHY(Evidence.MEASURED, "the cache hierarchy"),
    /** CTR_EL0. */
    CACHE_TYPE(Evidence.MEASURED, "the cache type"),
    /** Which processor it is: MIDR_EL1, REVIDR_EL1, AIDR_EL1. */
    PROCESSOR(Evidence.MEASURED, "which processor it is"),
    /** ID_*_EL1: what the processor has. */
    IDENTIFICATION(Evidence.MEASURED, "identification registers"),
    /** OSLSR_EL1. */
    OS_LOCK_STATUS(Evidence.MEASURED, "the OS lock's status"),
    /** PMMIR_EL1. */
    PMU_IDENTITY(Evidence.MEASURED, "what the PMU has"),
    /** Of EL2, or an EL12 alias: only nested guests have them. */
    EL2(Evidence.NONE, "a register of EL2, the values of which were not measured"),
    /** Translation, exceptions, keys, threads: what the guest has set. */
    CONTROL_STATE(Evidence.NOT_NEEDED, "control state"),
    /** Timers and counts of time. */
    TIMER(Evidence.NOT_NEEDED, "timers"),
    /** Event counters and their control; enables and the number of counters may be lost, without a refusal. */
    PMU(Evidence.NOT_NEEDED, "the PMU's state"),
    /** Breakpoints, watchpoints and debug control. */
    DEBUG(Evidence.NOT_NEEDED, "debug state"),
    /** Another system register. */
    OTHER_SYSTEM(Evidence.NONE, "a system register that no measured kernel lists"),
    OTHER(Evidence.NONE, "a register of a kind that no measured kernel lists");

    /** Why it may be known whether a value that differs is taken. */
    public enum Evidence {
        /** By a rule, on the kernels on which it was measured: {@link MeasuredKernels}. */
        MEASURED,
        /**
         * KVM stores what it is given: there is nothing to refuse. Source: Linux {@code arch/arm64/kvm/sys_regs.c}, where
         * these registers have no {@code set_user} that checks; every bit of each was written in 67 boots of eleven
         * kernels, Linux 6.1 to 7.3, and none refused ({@code docs/value-rules.md}, V10).
         */
        NOT_NEEDED,
        /** Nothing was measured: a difference is {@link Verdict#UNKNOWN} on every kernel. */
        NONE
    }

    private final Evidence evidence;
    private final String about;

    RegisterClass(Evidence evidence, String about) {
        this.evidence = evidence;
        this.about = about;
    }

    public Evidence evidence() {
        return evidence;
    }

    /** What its registers are, for a sentence. */
    public String about() {
        return about;
    }

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
            return RegisterLayout.index(id) <= RegisterLayout.index(KnownRegisters.VENDOR_HYP_BMAP_2.bits())
                    ? FEATURE_BITMAP
                    : OTHER_FIRMWARE;
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
        RegisterClass state = StateRegisters.classOf(id);
        if (state != null) {
            return state;
        }
        if (RegisterLayout.op0(id) == 3) {
            int op1 = RegisterLayout.op1(id);
            if (op1 == 4 || op1 == 5) {
                return EL2;
            }
            RegisterClass identity = RegisterLayout.crn(id) == 0 ? ofIdentity(id, op1) : null;
            if (identity != null) {
                return identity;
            }
        }
        if (id == KnownRegisters.PMMIR_EL1.bits()) {
            return PMU_IDENTITY;
        }
        return id == KnownRegisters.OSLSR_EL1.bits() ? OS_LOCK_STATUS : OTHER_SYSTEM;
    }

    /** Of op0=3, CRn=0: identification is op1=0, CRm=1 to 7. */
    private static @Nullable RegisterClass ofIdentity(long id, int op1) {
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
                : null;
    }

    /** The AArch32 ones of {@link #IDENTIFICATION}: CRm=1 to 3. */
    static boolean isAarch32Identification(long id) {
        return of(id) == IDENTIFICATION && RegisterLayout.crm(id) <= 3;
    }
}
