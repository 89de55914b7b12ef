package org.migreg.register;

import java.util.regex.Pattern;

/**
 * The 64-bit id of a register in KVM's ONE_REG interface (QEMU calls it a register index, {@code
 * kvmidx}): {@code arch(63..60) | size(55..52) | coproc(27..16) | index(15..0)}. All comparison is
 * on this number, unsigned.
 *
 * <p>Source: Linux {@code Documentation/virt/kvm/api.rst}, section 4.68 (KVM_SET_ONE_REG), and
 * {@code arch/arm64/include/uapi/asm/kvm.h}.
 *
 * @param bits the id, as an unsigned 64-bit number
 */
public record RegisterId(long bits) implements Comparable<RegisterId> {

    private static final Pattern CANONICAL = Pattern.compile("0x[0-9a-f]{16}");

    /**
     * Reads only the canonical form: {@code 0x} and 16 lower-case hex digits.
     *
     * @throws IllegalArgumentException saying what stands there and what would be right
     */
    public static RegisterId parse(String text) {
        if (!CANONICAL.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + Text.shortened(text)
                    + "' is not a canonical register ID: write 0x and 16 lower-case hex digits, such as"
                    + " 0x603000000013c103");
        }
        return new RegisterId(Long.parseUnsignedLong(text.substring(2), 16));
    }

    /**
     * Reads every form that people, QEMU, KVM and this registry write: hex with {@code 0x}, decimal, a name ({@code
     * TCR2_EL1}, {@code SYS_TCR2_EL1}), the generic form ({@code S3_0_C2_C0_3}), what QEMU prints ({@code op0:3 op1:0
     * crn:2 crm:0 op2:3}, {@code fw feat reg 3}, {@code demuxed reg 6020000000110000}, TCG's {@code system register
     * 0x1013c103}), and C expressions of the kernel's headers ({@code ARM64_SYS_REG(3, 0, 2, 0, 3)}).
     *
     * @throws IllegalArgumentException saying what stands there and what would be right
     */
    public static RegisterId parseLenient(String text) {
        return RegisterNotation.parse(text);
    }

    /**
     * Reads a C expression of the kernel's headers, such as {@code KVM_REG_ARM_FW_REG(3)}, and nothing else.
     *
     * @throws IllegalArgumentException saying what is not understood
     */
    public static RegisterId parseExpression(String expression) {
        return KernelExpression.parse(expression);
    }

    /** The system register with this encoding, as KVM's {@code ARM64_SYS_REG} makes its id. */
    public static RegisterId ofSystemRegister(int op0, int op1, int crn, int crm, int op2) {
        inRange("op0", op0, 3);
        inRange("op1", op1, 7);
        inRange("crn", crn, 15);
        inRange("crm", crm, 15);
        inRange("op2", op2, 7);
        return new RegisterId(RegisterLayout.id(
                RegisterLayout.ARM64,
                RegisterLayout.U64,
                RegisterLayout.SYSTEM,
                op0 << 14 | op1 << 11 | crn << 7 | crm << 3 | op2));
    }

    /**
     * The register ID of QEMU's internal 32-bit coprocessor register id, which TCG prints: {@code
     * 0x1013c103} is 0x603000000013c103, {@code 0x200e0298} is 0x40200000200e0298.
     *
     * <p>Source: QEMU 11.1 {@code target/arm/cpregs.h}, {@code cpreg_to_kvm_id()}.
     */
    public static RegisterId ofQemuInternal(int internal) {
        long id = Integer.toUnsignedLong(internal);
        if ((id & 0x1000_0000L) != 0) {
            return new RegisterId(
                    id & ~0x1000_0000L | RegisterLayout.id(RegisterLayout.ARM64, RegisterLayout.U64, 0, 0));
        }
        int size = (id & 0x8000L) != 0 ? RegisterLayout.U64 : RegisterLayout.U32;
        return new RegisterId(id & ~0x8000L | RegisterLayout.id(RegisterLayout.ARM, size, 0, 0));
    }

    /** Whether the register belongs to the performance monitors, which {@code pmu=off} takes from a guest. */
    public boolean isOfThePmu() {
        return encoding() instanceof RegisterEncoding.SystemRegister r
                && r.op0() == 3
                && (r.op1() == 3 && r.crn() == 9 && r.crm() >= 12 && r.crm() <= 14
                        || r.op1() == 0 && r.crn() == 9 && r.crm() == 14
                        || r.op1() == 3 && r.crn() == 14 && r.crm() >= 8);
    }

    /** The 64-bit ids of one register list that a live QEMU accepts: what {@link RegisterList} may hold. */
    public boolean isMigratable() {
        return migratable(bits);
    }

    static boolean migratable(long bits) {
        int size = RegisterLayout.size(bits);
        if (size != RegisterLayout.U32 && size != RegisterLayout.U64) {
            return false;
        }
        int architecture = RegisterLayout.architecture(bits);
        int coprocessor = RegisterLayout.coprocessor(bits);
        return architecture == RegisterLayout.ARM
                || architecture == RegisterLayout.ARM64
                        && coprocessor != RegisterLayout.CORE
                        && coprocessor != RegisterLayout.SVE;
    }

    /** Decodes the id into architecture, size, coprocessor and fields. */
    public RegisterEncoding encoding() {
        return RegisterEncoding.of(this);
    }

    /** The architecture's or the kernel's name where there is one, else the generic form. */
    public String name() {
        return RegisterNames.nameOf(this);
    }

    /** The id as QEMU 11.1 prints it: {@code kvm_print_register_name()} under KVM, the internal id under TCG. */
    public String printedByQemu(boolean tcg) {
        if (tcg) {
            long internal = bits & 0xffff_ffffL;
            if (RegisterLayout.architecture(bits) == RegisterLayout.ARM64) {
                internal |= 0x1000_0000L;
            } else {
                // QEMU's kvm_to_cpreg_id() marks every AArch32 register non-secure.
                internal |= 0x2000_0000L | (RegisterLayout.size(bits) == RegisterLayout.U64 ? 0x8000L : 0);
            }
            return "system register " + Hex.number(internal);
        }
        return switch (encoding()) {
            case RegisterEncoding.SystemRegister r ->
                "system register op0:" + r.op0() + " op1:" + r.op1() + " crn:" + r.crn() + " crm:" + r.crm() + " op2:"
                        + r.op2();
            case RegisterEncoding.Demux r -> "demuxed reg " + Long.toHexString(bits);
            case RegisterEncoding.Firmware r -> "fw reg " + r.index();
            case RegisterEncoding.FirmwareFeatureBitmap r -> "fw feat reg " + r.index();
            case RegisterEncoding.Core r -> "core reg " + Long.toHexString(bits);
            case RegisterEncoding.Sve r -> "SVE reg " + Long.toHexString(bits);
            case RegisterEncoding.Aarch32Coprocessor r -> "coproc reg " + Long.toHexString(bits);
            case RegisterEncoding.Unrecognised r -> "register " + Long.toHexString(bits);
        };
    }

    @Override
    public int compareTo(RegisterId other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    /** The canonical form: {@code 0x} and 16 lower-case hex digits. */
    @Override
    public String toString() {
        return Hex.word(bits);
    }

    private static void inRange(String field, int value, int largest) {
        if (value < 0 || value > largest) {
            throw new IllegalArgumentException(field + " is " + value + ", which must be 0 to " + largest);
        }
    }
}
