package org.migreg.register;

/**
 * What a register ID says of itself: architecture, size, coprocessor and the fields of that
 * coprocessor.
 *
 * <p>Source: Linux {@code arch/arm64/include/uapi/asm/kvm.h}; QEMU {@code target/arm/cpregs.h} for
 * the 32-bit layout that TCG uses.
 */
public sealed interface RegisterEncoding {

    /**
     * {@code arm64} (0x6), {@code arm} (0x4), the name of another one that KVM knows, or the number of one that it does
     * not.
     */
    default String architecture() {
        int architecture = RegisterLayout.architecture(id().bits());
        return switch (architecture) {
            case RegisterLayout.ARM64 -> "arm64";
            case RegisterLayout.ARM -> "arm";
            case 1 -> "powerpc";
            case 2 -> "x86";
            case 5 -> "s390";
            case 7 -> "mips";
            case 8 -> "riscv";
            case 9 -> "loongarch";
            default -> Hex.number(architecture);
        };
    }

    /** The size nibble: n means 2^n bytes; 2 is U32, 3 is U64, 8 is U2048. */
    default int sizeInBytes() {
        return 1 << RegisterLayout.size(id().bits());
    }

    /** The coprocessor in words: {@code system register}, {@code firmware}, {@code cp14}, ... */
    String coprocessor();

    RegisterId id();

    /** An AArch64 system register (coprocessor 0x13). */
    record SystemRegister(RegisterId id, int op0, int op1, int crn, int crm, int op2) implements RegisterEncoding {
        @Override
        public String coprocessor() {
            return "system register";
        }

        /** The assembler's generic name, {@code S3_0_C2_C0_3}. */
        public String genericName() {
            return "S" + op0 + "_" + op1 + "_C" + crn + "_C" + crm + "_" + op2;
        }
    }

    /** A cache size id (coprocessor 0x11): which of them exist depends on the host's CLIDR_EL1. */
    record Demux(RegisterId id, int cacheSelector) implements RegisterEncoding {
        @Override
        public String coprocessor() {
            return "demux";
        }
    }

    /** A firmware pseudo register (coprocessor 0x14): PSCI version, workarounds. */
    record Firmware(RegisterId id, int index) implements RegisterEncoding {
        @Override
        public String coprocessor() {
            return "firmware";
        }
    }

    /** A bitmap of hypercall services (coprocessor 0x16). */
    record FirmwareFeatureBitmap(RegisterId id, int index) implements RegisterEncoding {
        @Override
        public String coprocessor() {
            return "firmware feature bitmap";
        }
    }

    /** A core register (coprocessor 0x10), which QEMU migrates outside the register list. */
    record Core(RegisterId id, int offset) implements RegisterEncoding {
        @Override
        public String coprocessor() {
            return "core";
        }
    }

    /** An SVE register (coprocessor 0x15), which QEMU migrates outside the register list. */
    record Sve(RegisterId id, int index) implements RegisterEncoding {
        @Override
        public String coprocessor() {
            return "sve";
        }
    }

    /** A register of the 32-bit architecture (cp14, cp15), as TCG lists them. */
    record Aarch32Coprocessor(RegisterId id, int cp, boolean nonSecure, int crn, int crm, int opc1, int opc2)
            implements RegisterEncoding {
        @Override
        public String coprocessor() {
            return "cp" + cp;
        }
    }

    /** An id of a coprocessor or architecture not known here. */
    record Unrecognised(RegisterId id) implements RegisterEncoding {
        @Override
        public String coprocessor() {
            return Hex.number(RegisterLayout.coprocessor(id.bits()));
        }
    }

    static RegisterEncoding of(RegisterId id) {
        long bits = id.bits();
        int index = RegisterLayout.index(bits);
        return switch (RegisterLayout.architecture(bits)) {
            case RegisterLayout.ARM ->
                new Aarch32Coprocessor(
                        id,
                        RegisterLayout.aarch32Coprocessor(bits),
                        RegisterLayout.aarch32NonSecure(bits),
                        RegisterLayout.aarch32Crn(bits),
                        RegisterLayout.aarch32Crm(bits),
                        RegisterLayout.aarch32Opc1(bits),
                        RegisterLayout.aarch32Opc2(bits));
            case RegisterLayout.ARM64 ->
                switch (RegisterLayout.coprocessor(bits)) {
                    case RegisterLayout.CORE -> new Core(id, index);
                    case RegisterLayout.DEMUX -> new Demux(id, index & 0xff);
                    case RegisterLayout.SYSTEM ->
                        new SystemRegister(
                                id,
                                RegisterLayout.op0(bits),
                                RegisterLayout.op1(bits),
                                RegisterLayout.crn(bits),
                                RegisterLayout.crm(bits),
                                RegisterLayout.op2(bits));
                    case RegisterLayout.FIRMWARE -> new Firmware(id, index);
                    case RegisterLayout.SVE -> new Sve(id, index);
                    case RegisterLayout.FIRMWARE_FEATURE_BITMAP -> new FirmwareFeatureBitmap(id, index);
                    default -> new Unrecognised(id);
                };
            default -> new Unrecognised(id);
        };
    }
}
