package org.migreg.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How people, QEMU, KVM and this registry write a register ID; one form is read everywhere or nowhere.
 *
 * <p>Source: QEMU {@code target/arm/kvm.c}, {@code kvm_print_register_name()}; Linux {@code
 * arch/arm64/kvm/sys_regs.c}, {@code print_sys_reg_msg()}.
 */
public final class RegisterNotation {

    private static final Pattern HEX = Pattern.compile("0[xX]([0-9a-fA-F_]{1,40}+)[uUlL]{0,3}");
    private static final Pattern DECIMAL = Pattern.compile("0*([0-9]{1,20})[uUlL]{0,3}");
    private static final Pattern BARE_HEX = Pattern.compile("[0-9a-fA-F]{16}");
    /** Architecture, size and coprocessor of an id; no decimal id has 16 digits. */
    private static final Pattern BARE_ID = Pattern.compile("[46]0[2-8]0{4}[0-9a-fA-F]{9}");

    private static final Pattern GENERIC =
            Pattern.compile("S([0-3])_([0-7])_C?([0-9]{1,2})_C?([0-9]{1,2})_([0-7])", Pattern.CASE_INSENSITIVE);

    private static final Pattern PRINTED = Pattern.compile(
            ("(?:system register )?(?<fields>\\{? ?op0\\W{0,3}%N\\W{1,4}op1\\W{0,3}%N\\W{1,4}crn\\W{0,3}"
                            + "%N\\W{1,4}crm\\W{0,3}%N\\W{1,4}op2\\W{0,3}%N\\b(?: ?\\))?"
                            + "(?:, func_(?:read|write))?(?: ?\\})?)"
                            + "|system register 0x(?<tcg>[0-9a-f]{1,8})\\b"
                            + "|fw feat reg (?<feature>[0-9]{1,5})\\b"
                            + "|fw reg (?<firmware>[0-9]{1,5})\\b"
                            + "|(?:demuxed|core|sve|coproc) reg (?:0x)?(?<hex>[0-9a-f]{16})\\b"
                            + "|sve (?<sve>[zp])reg n:(?<n>[0-9]{1,2}) slice:(?<slice>[0-9]{1,2})\\b"
                            + "|sve ffr slice:(?<ffr>[0-9]{1,2})\\b"
                            + "|(?<vls>sve vls)\\b"
                            + "|(?<call>"
                            + KernelExpression.CALLED
                            + ")")
                    .replace("%N", "(?:0x[0-9a-f]{1,2}|[0-9]{1,2})"),
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FIELD = Pattern.compile("(?<![0-9a-z])(?:0x[0-9a-f]{1,2}|[0-9]{1,2})\\b");

    /** The five fields alone, in the order of {@code ARM64_SYS_REG}. */
    private static final Pattern FIVE = Pattern.compile(
            "([0-3])[\\s,:]{1,3}([0-7])[\\s,:]{1,3}([0-9]{1,2})[\\s,:]{1,3}([0-9]{1,2})[\\s,:]{1,3}([0-7])");

    private static final Pattern NOT_SEEN = Pattern.compile("[\\u200b-\\u200f\\u2060\\ufeff\\u00ad]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0\\u2000-\\u200a\\u202f\\u3000]+");
    private static final Pattern QUOTES = Pattern.compile("[\\u2018\\u2019\\u201c-\\u201f\\u00ab\\u00bb]");

    /** Words that say that a register follows. */
    private static final Pattern LABEL =
            Pattern.compile("(?i:(?:register|reg|id|index|idx)(?: id)? ?[:=]? ?)(?=0[xX][46]0[0-9a-fA-F]{14}\\b)");

    /** Sixteen digits in groups. */
    private static final Pattern GROUPED = Pattern.compile("(?:0[xX])?[46]0[2-8]0(?:[ _][0-9a-fA-F]{4}){3}");

    private static final String ENDS = ",;:.";
    private static final String PAIRS = "\"\"''``()[]{}<>";
    private static final Pattern OF_THIS_REGISTRY = Pattern.compile("(CORE|SVE)_0X([0-9A-F]{1,4})"
            + "|KVM_REG_ARM_(FW_REG|FW_FEAT_BMAP)_([0-9]{1,5})"
            + "|CCSIDR_([0-9]{1,3})"
            + "|CP(1[45])_([0-7])_C([0-9]{1,2})_C([0-9]{1,2})_([0-7])(_64)?(_S)?");
    /** As the kernel and the Arm ARM write one of several: {@code SYS_DBGBVRn_EL1(3)}, {@code DBGBVR<3>_EL1}. */
    private static final Pattern NUMBERED =
            Pattern.compile("([A-Z0-9]+?)(?:N(_EL[0-3])\\((\\d{1,2})\\)|<(\\d{1,2})>(_EL[0-3]))");

    private static final Pattern WITH_ID =
            Pattern.compile("(\\D.{0,79}?) ?[:=,]? ?[(\\[{<]?(0[xX][46]0[0-9a-fA-F]{14})[)\\]}>]?");
    private static final Pattern ID_FIRST =
            Pattern.compile("(0[xX][46]0[0-9a-fA-F]{14}) ?[:=,]? ?[(\\[{<]?([A-Za-z].{0,79}?)[)\\]}>]?");
    private static final int LONGEST_TEXT = 120;
    private static final String FORMS =
            "0x603000000013c103, TCR2_EL1, S3_0_C2_C0_3, ARM64_SYS_REG(3, 0, 2, 0, 3), or a form QEMU prints, such as"
                    + " 'fw feat reg 3'";

    private RegisterNotation() {}

    /**
     * A register in a text.
     *
     * @param end where the text goes on behind it
     */
    public record Printed(RegisterId id, int end) {}

    /**
     * What QEMU or KVM printed of a register, or a call of a kernel macro, at this place of a text; null where
     * neither stands there.
     *
     * @throws IllegalArgumentException when one does, with a number out of its range
     */
    public static @Nullable Printed printedAt(String text, int position) {
        Matcher printed = PRINTED.matcher(text).region(position, text.length());
        return printed.lookingAt() ? new Printed(printed(printed), printed.end()) : null;
    }

    static RegisterId parse(String text) {
        String written = bare(text);
        if (written.isEmpty()) {
            throw new IllegalArgumentException("the register ID is empty: write " + FORMS);
        }
        if (written.length() > LONGEST_TEXT) {
            throw refused(written);
        }
        RegisterId number = number(written);
        if (number != null) {
            return number;
        }
        Matcher five = FIVE.matcher(written);
        if (five.matches()) {
            return RegisterId.ofSystemRegister(
                    decimal(five, 1), decimal(five, 2), decimal(five, 3), decimal(five, 4), decimal(five, 5));
        }
        Matcher printed = PRINTED.matcher(written);
        try {
            if (printed.matches()) {
                return printed(printed);
            }
            RegisterId twice = twice(written);
            if (twice != null) {
                return twice;
            }
            if (KernelExpression.isMeant(written)
                    && !NUMBERED.matcher(upper(withoutPrefix(written))).matches()) {
                return KernelExpression.parse(written);
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "'" + Text.shortened(written) + "': " + malformed.getMessage(), malformed);
        }
        return named(written);
    }

    /** A register by its name and its ID, in either order, as this registry shows it; null where the text is not that. */
    private static @Nullable RegisterId twice(String written) {
        Matcher nameFirst = WITH_ID.matcher(written);
        Matcher idFirst = ID_FIRST.matcher(written);
        String id;
        String name;
        if (nameFirst.matches()) {
            id = nameFirst.group(2);
            name = nameFirst.group(1);
        } else if (idFirst.matches()) {
            id = idFirst.group(1);
            name = idFirst.group(2);
        } else {
            return null;
        }
        RegisterId register = parse(id);
        if (!parse(name).equals(register)) {
            throw new IllegalArgumentException("'" + Text.shortened(written) + "' is two registers: " + register
                    + " is " + register.name() + ": write one of them");
        }
        return register;
    }

    /** Without the quotes, brackets, commas, labels and unbreakable blanks that come along when a text is copied. */
    private static String bare(String text) {
        if (text.length() > 4 * LONGEST_TEXT) {
            return text;
        }
        String seen = QUOTES.matcher(NOT_SEEN.matcher(text).replaceAll("")).replaceAll("\"");
        String bare = BLANKS.matcher(seen).replaceAll(" ").replace("\\_", "_").strip();
        String before;
        do {
            before = bare;
            if (!bare.isEmpty() && ENDS.indexOf(bare.charAt(bare.length() - 1)) >= 0) {
                bare = bare.substring(0, bare.length() - 1).stripTrailing();
            }
            int pair = bare.length() < 2 ? -1 : PAIRS.indexOf(bare.substring(0, 1) + bare.charAt(bare.length() - 1));
            if (pair >= 0 && pair % 2 == 0) {
                bare = bare.substring(1, bare.length() - 1).strip();
            }
        } while (!bare.equals(before));
        String unlabelled =
                LABEL.matcher(bare).lookingAt() ? LABEL.matcher(bare).replaceFirst("") : bare;
        return GROUPED.matcher(unlabelled).matches() ? unlabelled.replaceAll("[ _]", "") : unlabelled;
    }

    private static @Nullable RegisterId number(String written) {
        Matcher hex = HEX.matcher(BARE_ID.matcher(written).matches() ? "0x" + written : written);
        if (hex.matches()) {
            String digits = hex.group(1).replace("_", "").replaceFirst("^0+(?=.)", "");
            if (digits.isEmpty() || digits.length() > 16) {
                throw refused(written);
            }
            return new RegisterId(Long.parseUnsignedLong(digits, 16));
        }
        Matcher decimal = DECIMAL.matcher(written);
        if (!decimal.matches()) {
            return null;
        }
        try {
            return new RegisterId(Long.parseUnsignedLong(decimal.group(1)));
        } catch (NumberFormatException tooLarge) {
            throw new IllegalArgumentException(
                    "'" + Text.shortened(written)
                            + "' does not fit in 64 bits: a register ID is at most 18446744073709551615",
                    tooLarge);
        }
    }

    private static RegisterId printed(Matcher printed) {
        String fields = printed.group("fields");
        if (fields != null) {
            List<Integer> numbers = new ArrayList<>();
            Matcher field = FIELD.matcher(fields.toLowerCase(Locale.ROOT).replaceAll("op[012]|crn|crm", " "));
            while (field.find()) {
                numbers.add(Integer.decode(field.group().replaceFirst("^0+(?=[0-9]$)", "")));
            }
            return RegisterId.ofSystemRegister(
                    numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4));
        }
        if (printed.group("tcg") != null) {
            return RegisterId.ofQemuInternal(Integer.parseUnsignedInt(printed.group("tcg"), 16));
        }
        if (printed.group("feature") != null) {
            return KernelExpression.parse("KVM_REG_ARM_FW_FEAT_BMAP_REG(" + printed.group("feature") + ")");
        }
        if (printed.group("firmware") != null) {
            return KernelExpression.parse("KVM_REG_ARM_FW_REG(" + printed.group("firmware") + ")");
        }
        if (printed.group("hex") != null) {
            return new RegisterId(Long.parseUnsignedLong(printed.group("hex"), 16));
        }
        if (printed.group("sve") != null) {
            return KernelExpression.parse("KVM_REG_ARM64_SVE_" + upper(printed.group("sve")) + "REG("
                    + printed.group("n") + ", " + printed.group("slice") + ")");
        }
        if (printed.group("ffr") != null) {
            return KernelExpression.parse("KVM_REG_ARM64_SVE_FFR(" + printed.group("ffr") + ")");
        }
        return printed.group("vls") != null
                ? RegisterNames.require("KVM_REG_ARM64_SVE_VLS")
                : KernelExpression.parse(printed.group("call"));
    }

    /** The register of this name, also with the kernel's prefix, and without its exception level where only one has it. */
    static RegisterId named(String written) {
        String name = upper(withoutPrefix(written));
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            name = numbered.group(3) == null
                    ? numbered.group(1) + numbered.group(4) + numbered.group(5)
                    : numbered.group(1) + numbered.group(3) + numbered.group(2);
        }
        RegisterId known = RegisterNames.find(name);
        if (known != null) {
            return known;
        }
        Matcher generic = GENERIC.matcher(name);
        if (generic.matches()) {
            try {
                return RegisterId.ofSystemRegister(
                        decimal(generic, 1),
                        decimal(generic, 2),
                        decimal(generic, 3),
                        decimal(generic, 4),
                        decimal(generic, 5));
            } catch (IllegalArgumentException outOfRange) {
                throw new IllegalArgumentException(
                        "'" + Text.shortened(written) + "': " + outOfRange.getMessage(), outOfRange);
            }
        }
        Matcher own = OF_THIS_REGISTRY.matcher(name);
        if (own.matches()) {
            return ofThisRegistry(own);
        }
        List<String> levels = RegisterNames.withLevel(name);
        if (levels.size() == 1) {
            return RegisterNames.require(levels.getFirst());
        }
        if (levels.size() > 1) {
            throw new IllegalArgumentException("'" + Text.shortened(written)
                    + "' is not a register ID by itself: write one of " + String.join(", ", levels));
        }
        if (BARE_HEX.matcher(written).matches()) {
            throw new IllegalArgumentException("'" + written
                    + "' is hexadecimal without 0x, which QEMU refuses: write 0x" + written.toLowerCase(Locale.ROOT));
        }
        throw refused(written);
    }

    /** What {@link RegisterNames#nameOf} makes up for ids without a name, of the size that KVM gives them. */
    private static RegisterId ofThisRegistry(Matcher own) {
        if (own.group(1) != null) {
            int index = Integer.parseInt(own.group(2), 16);
            boolean core = own.group(1).equals("CORE");
            int size = core ? index < 0x54 ? 3 : index < 0xd4 ? 4 : 2 : index < 0x400 ? 8 : index == 0xffff ? 6 : 5;
            return new RegisterId(RegisterLayout.id(
                    RegisterLayout.ARM64, size, core ? RegisterLayout.CORE : RegisterLayout.SVE, index));
        }
        if (own.group(3) != null) {
            return KernelExpression.parse("KVM_REG_ARM_" + (own.group(3).equals("FW_REG") ? "FW" : "FW_FEAT_BMAP")
                    + "_REG(" + own.group(4) + ")");
        }
        if (own.group(5) != null) {
            return KernelExpression.parse(
                    "KVM_REG_ARM64 | KVM_REG_SIZE_U32 | KVM_REG_ARM_DEMUX | KVM_REG_ARM_DEMUX_ID_CCSIDR | "
                            + own.group(5));
        }
        long index = (long) decimal(own, 6) << 16
                | (long) decimal(own, 8) << 11
                | (long) decimal(own, 9) << 7
                | (long) decimal(own, 7) << 3
                | decimal(own, 10)
                | (own.group(12) == null ? 1L << 29 : 0);
        int size = own.group(11) == null ? RegisterLayout.U32 : RegisterLayout.U64;
        return new RegisterId(RegisterLayout.id(RegisterLayout.ARM, size, 0, 0) | index);
    }

    private static String withoutPrefix(String written) {
        return upper(written).startsWith("SYS_") ? written.substring(4) : written;
    }

    private static int decimal(Matcher matched, int group) {
        return Integer.parseInt(matched.group(group));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("'" + Text.shortened(text) + "' is not a register ID: write " + FORMS);
    }
}
