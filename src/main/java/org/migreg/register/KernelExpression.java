package org.migreg.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Register IDs as C code of the kernel and QEMU writes them: {@code ARM64_SYS_REG(3, 0, 2, 0, 3)}, {@code
 * KVM_REG_ARM_FW_REG(3)}, {@code KVM_ARM64_SYS_REG(SYS_TCR2_EL1)}, {@code KVM_REG_ARM64 | KVM_REG_SIZE_U32 |
 * KVM_REG_ARM_DEMUX | KVM_REG_ARM_DEMUX_ID_CCSIDR | 3}.
 *
 * <p>Source: Linux {@code arch/arm64/include/uapi/asm/kvm.h} and {@code
 * tools/testing/selftests/kvm/arm64/get-reg-list.c}, {@code print_reg()}; QEMU {@code target/arm/kvm.c}.
 */
final class KernelExpression {

    /** A call as it stands in a text; the name tells whether it makes a register ID. */
    static final String CALLED = "(?:(?:KVM_)?ARM64_SYS_REG|SYS_REG|KVM_REG_ARM_FW_REG|KVM_REG_ARM_FW_FEAT_BMAP_REG"
            + "|KVM_REG_ARM64_SVE_[A-Z]{3,4}|A(?:ARCH|RM)64_(?:SIMD_)?(?:CORE|CTRL)_REG)\\s?\\([^()]{0,60}\\)";

    private static final long ARM64 = 6L << 60;
    private static final long U32 = 2L << 52;
    private static final long U64 = 3L << 52;
    private static final long U128 = 4L << 52;
    private static final long U256 = 5L << 52;
    private static final long U2048 = 8L << 52;
    private static final long CORE = 0x10L << 16;
    private static final long FW = 0x14L << 16;
    private static final long SVE = 0x15L << 16;
    private static final long FW_FEAT_BMAP = 0x16L << 16;

    private static final Pattern CALL = Pattern.compile("(\\w{1,60})\\s?\\(([^()]{0,60})\\)");
    private static final Pattern RAW = Pattern.compile("0[xX]([0-9a-fA-F]{1,16})[uUlL]{0,3}");
    private static final Pattern NUMBER = Pattern.compile("0[xX]([0-9a-fA-F]{1,4})|0[bB]([01]{1,16})|[0-9]{1,5}");
    private static final Pattern SIZE = Pattern.compile("KVM_REG_SIZE_U(8|16|32|64|128|256|512|1024|2048)");
    private static final Pattern INDEXED =
            Pattern.compile("(regs\\.regs|spsr|fp_regs\\.vregs)\\[([0-9]{1,2})\\]", Pattern.CASE_INSENSITIVE);

    private KernelExpression() {}

    /** Whether a text is meant as such an expression, well-formed or not. */
    static boolean isMeant(String text) {
        return text.indexOf('|') > 0 || CALL.matcher(text).matches();
    }

    /** @throws IllegalArgumentException saying what is not understood */
    static RegisterId parse(String expression) {
        return new RegisterId(expression.indexOf('|') < 0 ? term(expression) : sum(expression));
    }

    private static long sum(String expression) {
        List<String> terms = new ArrayList<>();
        for (String term : expression.split("\\|", -1)) {
            terms.add(term.strip());
        }
        if (!terms.getFirst().equalsIgnoreCase("KVM_REG_ARM64")) {
            throw new IllegalArgumentException(
                    quoted(terms.getFirst()) + " stands where KVM_REG_ARM64 must, the architecture");
        }
        Matcher size = SIZE.matcher(upper(terms.get(1)));
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    quoted(terms.get(1)) + " is no size: write KVM_REG_SIZE_U32 or KVM_REG_SIZE_U64");
        }
        long bits = ARM64 | (long) Integer.numberOfTrailingZeros(Integer.parseInt(size.group(1)) / 8) << 52;
        List<String> rest = terms.subList(2, terms.size());
        String group = rest.isEmpty() ? "" : upper(rest.getFirst());
        if (rest.size() == 2) {
            switch (group) {
                case "KVM_REG_ARM_CORE" -> {
                    return bits | CORE | coreOffset(rest.get(1));
                }
                case "KVM_REG_ARM_FW" -> {
                    return bits | FW | number("the register", rest.get(1), 0xffff);
                }
                case "KVM_REG_ARM64_SYSREG" -> {
                    return bits | 0x13L << 16 | number("the encoding", rest.get(1), 0xffff);
                }
                case "KVM_REG_ARM_FW_FEAT_BMAP" -> {
                    return bits | FW_FEAT_BMAP | number("the register", rest.get(1), 0xffff);
                }
                default -> {}
            }
        }
        if (rest.size() == 3
                && group.equals("KVM_REG_ARM_DEMUX")
                && rest.get(1).equalsIgnoreCase("KVM_REG_ARM_DEMUX_ID_CCSIDR")) {
            return bits | 0x11L << 16 | number("the cache selector", rest.get(2), 0xff);
        }
        throw new IllegalArgumentException(quoted(expression) + " is no expression for a register, as are"
                + " KVM_REG_ARM64 | size | KVM_REG_ARM_CORE | register, or KVM_REG_ARM64 | size |"
                + " KVM_REG_ARM_DEMUX | KVM_REG_ARM_DEMUX_ID_CCSIDR | number");
    }

    private static long term(String term) {
        Matcher raw = RAW.matcher(term);
        if (raw.matches()) {
            return Long.parseUnsignedLong(raw.group(1), 16);
        }
        RegisterId constant = RegisterNames.find(term);
        if (constant != null) {
            return constant.bits();
        }
        Matcher call = CALL.matcher(term);
        if (!call.matches()) {
            throw new IllegalArgumentException(quoted(term)
                    + " is no expression of the kernel's headers for a register, such as ARM64_SYS_REG(3, 0, 2, 0, 3)");
        }
        List<String> arguments = new ArrayList<>();
        for (String argument : call.group(2).split(",", -1)) {
            arguments.add(argument.strip());
        }
        String function = upper(call.group(1));
        boolean byName = function.equals("KVM_ARM64_SYS_REG") && arguments.size() == 1;
        int expected = switch (function) {
            case "ARM64_SYS_REG", "SYS_REG", "KVM_ARM64_SYS_REG" -> byName ? 1 : 5;
            case "KVM_REG_ARM_FW_REG",
                    "KVM_REG_ARM_FW_FEAT_BMAP_REG",
                    "KVM_REG_ARM64_SVE_FFR",
                    "ARM64_CORE_REG",
                    "AARCH64_CORE_REG",
                    "AARCH64_SIMD_CORE_REG",
                    "AARCH64_SIMD_CTRL_REG" -> 1;
            case "KVM_REG_ARM64_SVE_ZREG", "KVM_REG_ARM64_SVE_PREG" -> 2;
            default ->
                throw new IllegalArgumentException(quoted(call.group(1)) + " is not known, as are"
                        + " ARM64_SYS_REG, KVM_REG_ARM_FW_REG, KVM_REG_ARM_FW_FEAT_BMAP_REG and"
                        + " KVM_REG_ARM64_SVE_ZREG, _PREG, _FFR");
        };
        if (arguments.size() != expected) {
            throw new IllegalArgumentException(
                    call.group(1) + " has " + arguments.size() + " arguments, but takes " + expected);
        }
        String first = arguments.getFirst();
        return switch (function) {
            case "ARM64_SYS_REG", "SYS_REG", "KVM_ARM64_SYS_REG" ->
                byName ? RegisterNotation.named(first).bits() : systemRegister(arguments);
            case "KVM_REG_ARM_FW_REG" -> ARM64 | U64 | FW | number("the register", first, 0xffff);
            case "KVM_REG_ARM_FW_FEAT_BMAP_REG" -> ARM64 | U64 | FW_FEAT_BMAP | number("the register", first, 0xffff);
            case "KVM_REG_ARM64_SVE_ZREG" -> ARM64 | U2048 | SVE | sveRegister(arguments, 31);
            case "KVM_REG_ARM64_SVE_PREG" -> ARM64 | U256 | SVE | 0x400 | sveRegister(arguments, 15);
            case "KVM_REG_ARM64_SVE_FFR" -> ARM64 | U256 | SVE | 0x600 | number("the slice", first, 31);
            case "AARCH64_SIMD_CORE_REG" -> ARM64 | U128 | CORE | offset(first, term);
            case "AARCH64_SIMD_CTRL_REG" -> ARM64 | U32 | CORE | offset(first, term);
            default -> ARM64 | U64 | CORE | offset(first, term);
        };
    }

    private static long systemRegister(List<String> arguments) {
        return RegisterId.ofSystemRegister(
                        number("op0", arguments.get(0), 3),
                        number("op1", arguments.get(1), 7),
                        number("crn", arguments.get(2), 15),
                        number("crm", arguments.get(3), 15),
                        number("op2", arguments.get(4), 7))
                .bits();
    }

    private static long sveRegister(List<String> arguments, int largest) {
        return (long) number("the register", arguments.get(0), largest) << 5
                | number("the slice", arguments.get(1), 31);
    }

    private static long coreOffset(String term) {
        String start = "KVM_REG_ARM_CORE_REG(";
        boolean called = upper(term).startsWith(start) && term.endsWith(")");
        return offset(called ? term.substring(start.length(), term.length() - 1) : "", term);
    }

    /** Offset into struct kvm_regs, in words of 32 bits. */
    private static long offset(String member, String whole) {
        Matcher indexed = INDEXED.matcher(member);
        if (indexed.matches()) {
            return switch (indexed.group(1).toLowerCase(Locale.ROOT)) {
                case "regs.regs" -> 2L * number("the register", indexed.group(2), 30);
                case "spsr" -> 0x48 + 2L * number("the bank", indexed.group(2), 4);
                default -> 0x54 + 4L * number("the register", indexed.group(2), 31);
            };
        }
        return switch (member.toLowerCase(Locale.ROOT)) {
            case "regs.sp" -> 0x3e;
            case "regs.pc" -> 0x40;
            case "regs.pstate" -> 0x42;
            case "sp_el1" -> 0x44;
            case "elr_el1" -> 0x46;
            case "fp_regs.fpsr" -> 0xd4;
            case "fp_regs.fpcr" -> 0xd5;
            default ->
                throw new IllegalArgumentException(
                        quoted(whole) + " is no core register, such as KVM_REG_ARM_CORE_REG(regs.pc)");
        };
    }

    private static int number(String what, String text, int largest) {
        Matcher written = NUMBER.matcher(text);
        int number = !written.matches()
                ? -1
                : written.group(1) != null
                        ? Integer.parseInt(written.group(1), 16)
                        : written.group(2) != null ? Integer.parseInt(written.group(2), 2) : Integer.parseInt(text);
        if (number < 0 || number > largest) {
            throw new IllegalArgumentException(what + " is " + quoted(text) + ", which must be 0 to " + largest);
        }
        return number;
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static String quoted(String text) {
        return "'" + Text.shortened(text) + "'";
    }
}
