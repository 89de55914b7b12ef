package org.migreg.register;

/**
 * Where the parts of a register ID's 64 bits lie: {@code arch(63..60) | size(55..52) | coproc(27..16) |
 * index(15..0)}, and what the index is made of. For code that looks at many ids; {@link RegisterEncoding} says
 * the same in types.
 *
 * <p>Source: Linux {@code arch/arm64/include/uapi/asm/kvm.h}; QEMU {@code target/arm/cpregs.h} for the 32-bit
 * architecture.
 */
public final class RegisterLayout {

    /** The architecture of every register that KVM lists on arm64. */
    public static final int ARM64 = 6;

    /** The 32-bit architecture, whose registers TCG lists beside arm64's. */
    public static final int ARM = 4;

    /** The size nibble of a register of 4 bytes. */
    public static final int U32 = 2;

    /** The size nibble of a register of 8 bytes. */
    public static final int U64 = 3;

    public static final int CORE = 0x10;
    public static final int DEMUX = 0x11;
    public static final int SYSTEM = 0x13;
    public static final int FIRMWARE = 0x14;
    public static final int SVE = 0x15;
    public static final int FIRMWARE_FEATURE_BITMAP = 0x16;

    private RegisterLayout() {}

    public static int architecture(long id) {
        return (int) (id >>> 60);
    }

    /** n for a register of 2^n bytes. */
    public static int size(long id) {
        return (int) (id >>> 52 & 0xf);
    }

    public static int coprocessor(long id) {
        return (int) (id >>> 16 & 0xfff);
    }

    public static int index(long id) {
        return (int) (id & 0xffff);
    }

    /** Whether this is an id of that architecture, size and coprocessor with nothing set that they leave 0. */
    public static boolean isOf(long id, int architecture, int size, int coprocessor) {
        return id >>> 16 == ((long) architecture << 60 | (long) size << 52 | (long) coprocessor << 16) >>> 16;
    }

    /** An AArch64 system register of 64 bits. */
    public static boolean isSystem(long id) {
        return isOf(id, ARM64, U64, SYSTEM);
    }

    /** Of a system register, as are op1 to op2. */
    public static int op0(long id) {
        return (int) (id >>> 14 & 3);
    }

    public static int op1(long id) {
        return (int) (id >>> 11 & 7);
    }

    public static int crn(long id) {
        return (int) (id >>> 7 & 0xf);
    }

    public static int crm(long id) {
        return (int) (id >>> 3 & 0xf);
    }

    public static int op2(long id) {
        return (int) (id & 7);
    }

    /** Of a register of the 32-bit architecture: 14 or 15, as are its other parts. */
    public static int aarch32Coprocessor(long id) {
        return (int) (id >>> 16 & 0x1f);
    }

    public static boolean aarch32NonSecure(long id) {
        return (id >>> 29 & 1) != 0;
    }

    public static int aarch32Crn(long id) {
        return (int) (id >>> 11 & 0xf);
    }

    public static int aarch32Crm(long id) {
        return (int) (id >>> 7 & 0xf);
    }

    public static int aarch32Opc1(long id) {
        return (int) (id >>> 3 & 7);
    }

    public static int aarch32Opc2(long id) {
        return (int) (id & 7);
    }

    static long id(int architecture, int size, int coprocessor, int index) {
        return (long) architecture << 60 | (long) size << 52 | (long) coprocessor << 16 | index;
    }
}
