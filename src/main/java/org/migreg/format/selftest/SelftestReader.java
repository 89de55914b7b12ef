package org.migreg.format.selftest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.Normalisation;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterEncoding;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/**
 * Reads the register list that {@code get-reg-list --config=... --list} prints: a C expression a line,
 * {@code ARM64_SYS_REG(3, 0, 2, 0, 3),}. Lines around the list are ignored and counted; a line that
 * begins like an expression and is none is refused.
 *
 * <p>The test leaves the cache size ids (DEMUX) out of {@code --list}; {@code --list-filtered} prints
 * them, and both outputs may be given together.
 *
 * <p>Source: Linux {@code tools/testing/selftests/kvm/get-reg-list.c} and {@code
 * arm64/get-reg-list.c}, {@code print_reg()}; constants from {@code arch/arm64/include/uapi/asm/kvm.h}.
 */
public final class SelftestReader implements CaptureFormat {

    /** The name of the format. */
    public static final String FORMAT = "kvm-selftest";

    /** The longest text that is read, in bytes; a list of 420 registers takes 20,000. */
    private static final int LARGEST = 4 << 20;

    private static final long ARM64 = 0x6000_0000_0000_0000L;
    private static final long U64 = 3L << 52;
    private static final long U256 = 5L << 52;
    private static final long U2048 = 8L << 52;
    private static final long CORE = 0x10L << 16;
    private static final long DEMUX = 0x11L << 16;
    private static final long FW = 0x14L << 16;
    private static final long SVE = 0x15L << 16;
    private static final long FW_FEAT_BMAP = 0x16L << 16;

    private static final Pattern LISTED = Pattern.compile("ARM64_SYS_REG\\(|KVM_REG_ARM64 *\\||KVM_REG_ARM_FW_REG\\(");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//.*");
    private static final Pattern EXPRESSION_START = Pattern.compile("(?:KVM_)?(?:ARM64_SYS_REG|REG_ARM|REG_SIZE)\\w*+");
    private static final Pattern CALL = Pattern.compile("(\\w{1,60})\\(([^()]{0,60})\\)");
    private static final Pattern RAW = Pattern.compile("0x([0-9a-fA-F]{1,16})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern SIZE = Pattern.compile("KVM_REG_SIZE_U(8|16|32|64|128|256|512|1024|2048)");
    private static final Pattern INDEXED = Pattern.compile("(regs\\.regs|spsr|fp_regs\\.vregs)\\[([0-9]{1,2})\\]");
    private static final Pattern REPORT = Pattern.compile("There are [0-9]+ (?:new|missing) registers");
    private static final int LONGEST_LINE = 500;

    @Override
    public String name() {
        return FORMAT;
    }

    @Override
    public String files() {
        return "the KVM selftest's listing";
    }

    @Override
    public boolean recognises(Head head) throws IOException {
        return !head.isJson() && LISTED.matcher(head.text()).find();
    }

    @Override
    public FileContent read(Input file) throws IOException {
        return new FileContent.Captures(FORMAT, read(file.text(FORMAT, LARGEST)));
    }

    /**
     * @throws UnreadableCaptureException naming the line
     */
    public static CaptureReading read(byte[] content) {
        // Bytes that are not UTF-8 become U+FFFD, which no expression has.
        String text = new String(content, StandardCharsets.UTF_8);
        RegisterList.Builder builder = RegisterList.builder();
        int ignored = 0;
        int count = 0;
        boolean hasDemux = false;
        int lineNumber = 0;
        for (int start = 0; start < text.length(); ) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            lineNumber++;
            String line = text.substring(start, Math.min(end, start + LONGEST_LINE + 1));
            start = end + 1;
            try {
                RegisterId id = line(line);
                if (id != null) {
                    if (++count > 4 * RegisterList.LARGEST) {
                        throw new IllegalArgumentException(
                                "more than " + 4 * RegisterList.LARGEST + " registers: give one vCPU's list");
                    }
                    builder.add(id);
                    hasDemux |= id.encoding() instanceof RegisterEncoding.Demux;
                } else if (!line.isBlank()) {
                    ignored++;
                }
            } catch (IllegalArgumentException malformed) {
                throw refused("line " + lineNumber + ": " + malformed.getMessage());
            }
        }
        return reading(builder, ignored, hasDemux);
    }

    private static CaptureReading reading(RegisterList.Builder builder, int ignored, boolean hasDemux) {
        RegisterList registers;
        try {
            registers = builder.build();
        } catch (IllegalArgumentException invalid) {
            throw refused(String.valueOf(invalid.getMessage()));
        }
        if (registers.isEmpty()) {
            throw refused("the text holds no register that QEMU migrates: give what get-reg-list --list prints, with"
                    + " lines such as ARM64_SYS_REG(3, 0, 2, 0, 3),");
        }
        List<String> remarks = new ArrayList<>();
        if (!hasDemux) {
            remarks.add("The selftest's --list leaves out the cache size ids (CCSIDR, DEMUX), which QEMU does migrate:"
                    + " append what --list-filtered prints, or lists will seem to differ by them.");
        }
        if (ignored > 0) {
            remarks.add(ignored + (ignored == 1 ? " line" : " lines") + " around the list ignored.");
        }
        return CaptureReading.ofOneList(
                registers,
                SaidOfHost.NOTHING
                        .with(Fact.ACCELERATOR, Accelerator.KVM)
                        .with(Fact.ORIGIN, "KVM selftest get-reg-list --list"),
                Normalisation.of(builder),
                remarks);
    }

    /** The register of a line, or null for a line that is none of the list. */
    private static @Nullable RegisterId line(String whole) {
        String line = COMMENT.matcher(whole).replaceAll("").strip();
        if (REPORT.matcher(line).find()) {
            throw new IllegalArgumentException("this is the test's report, which prints the new and missing registers"
                    + " alone: run get-reg-list --config=... --list for the whole list");
        }
        if (!EXPRESSION_START.matcher(line).lookingAt()
                && !RAW.matcher(line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
                        .matches()) {
            return null;
        }
        if (whole.length() > LONGEST_LINE) {
            throw new IllegalArgumentException("the line is longer than " + LONGEST_LINE + " characters");
        }
        String expression =
                line.endsWith(",") ? line.substring(0, line.length() - 1).strip() : line;
        return new RegisterId(expression(expression));
    }

    private static long expression(String expression) {
        if (expression.indexOf('|') < 0) {
            return term(expression);
        }
        List<String> terms = new ArrayList<>();
        for (String term : expression.split("\\|", -1)) {
            terms.add(term.strip());
        }
        if (!terms.getFirst().equals("KVM_REG_ARM64")) {
            throw new IllegalArgumentException(
                    "'" + abbreviated(terms.getFirst()) + "' stands where KVM_REG_ARM64 must, the architecture");
        }
        Matcher size = SIZE.matcher(terms.get(1));
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "'" + abbreviated(terms.get(1)) + "' is no size: write KVM_REG_SIZE_U32 or KVM_REG_SIZE_U64");
        }
        long sizeBits = (long) Integer.numberOfTrailingZeros(Integer.parseInt(size.group(1)) / 8) << 52;
        List<String> rest = terms.subList(2, terms.size());
        if (rest.size() == 2 && rest.getFirst().equals("KVM_REG_ARM_CORE")) {
            return ARM64 | sizeBits | CORE | coreOffset(rest.get(1));
        }
        if (rest.size() == 3
                && rest.getFirst().equals("KVM_REG_ARM_DEMUX")
                && rest.get(1).equals("KVM_REG_ARM_DEMUX_ID_CCSIDR")) {
            return ARM64 | sizeBits | DEMUX | number("the cache selector", rest.get(2), 0xff);
        }
        throw new IllegalArgumentException("'" + abbreviated(expression) + "' is no expression that the test prints: it"
                + " writes KVM_REG_ARM64 | size | KVM_REG_ARM_CORE | register, or KVM_REG_ARM64 | size |"
                + " KVM_REG_ARM_DEMUX | KVM_REG_ARM_DEMUX_ID_CCSIDR | number");
    }

    private static long term(String term) {
        Matcher raw = RAW.matcher(term);
        if (raw.matches()) {
            return Long.parseUnsignedLong(raw.group(1), 16);
        }
        return switch (term) {
            case "KVM_REG_ARM64_SVE_VLS" -> 0x6060_0000_0015_ffffL;
            // Swapped in the kernel's API: these are the ids, whatever the encodings say.
            case "KVM_REG_ARM_TIMER_CVAL" ->
                RegisterId.ofSystemRegister(3, 3, 14, 0, 2).bits();
            case "KVM_REG_ARM_TIMER_CNT" ->
                RegisterId.ofSystemRegister(3, 3, 14, 3, 2).bits();
            default -> call(term);
        };
    }

    private static long call(String term) {
        Matcher call = CALL.matcher(term);
        if (!call.matches()) {
            throw new IllegalArgumentException("'" + abbreviated(term)
                    + "' is no expression that the test prints, such as ARM64_SYS_REG(3, 0, 2, 0, 3)");
        }
        List<String> arguments = new ArrayList<>();
        for (String argument : call.group(2).split(",", -1)) {
            arguments.add(argument.strip());
        }
        String function = call.group(1);
        int expected = switch (function) {
            case "ARM64_SYS_REG" -> 5;
            case "KVM_REG_ARM_FW_REG", "KVM_REG_ARM_FW_FEAT_BMAP_REG", "KVM_REG_ARM64_SVE_FFR" -> 1;
            case "KVM_REG_ARM64_SVE_ZREG", "KVM_REG_ARM64_SVE_PREG" -> 2;
            default ->
                throw new IllegalArgumentException("'" + abbreviated(function) + "' is not known: the test prints"
                        + " ARM64_SYS_REG, KVM_REG_ARM_FW_REG, KVM_REG_ARM_FW_FEAT_BMAP_REG and"
                        + " KVM_REG_ARM64_SVE_ZREG, _PREG, _FFR");
        };
        if (arguments.size() != expected) {
            throw new IllegalArgumentException(
                    function + " has " + arguments.size() + " arguments, but takes " + expected);
        }
        return switch (function) {
            case "ARM64_SYS_REG" -> systemRegister(arguments);
            case "KVM_REG_ARM_FW_REG" -> ARM64 | U64 | FW | number("the register", arguments.getFirst(), 0xffff);
            case "KVM_REG_ARM_FW_FEAT_BMAP_REG" ->
                ARM64 | U64 | FW_FEAT_BMAP | number("the register", arguments.getFirst(), 0xffff);
            case "KVM_REG_ARM64_SVE_ZREG" -> ARM64 | U2048 | SVE | sveRegister(arguments, 31);
            case "KVM_REG_ARM64_SVE_PREG" -> ARM64 | U256 | SVE | 0x400 | sveRegister(arguments, 15);
            default -> ARM64 | U256 | SVE | 0x600 | number("the slice", arguments.getFirst(), 31);
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

    /** Offset into struct kvm_regs, in words of 32 bits. */
    private static long coreOffset(String term) {
        String inner = term.startsWith("KVM_REG_ARM_CORE_REG(") && term.endsWith(")")
                ? term.substring("KVM_REG_ARM_CORE_REG(".length(), term.length() - 1)
                : "";
        Matcher indexed = INDEXED.matcher(inner);
        if (indexed.matches()) {
            return switch (indexed.group(1)) {
                case "regs.regs" -> 2L * number("the register", indexed.group(2), 30);
                case "spsr" -> 0x48 + 2L * number("the bank", indexed.group(2), 4);
                default -> 0x54 + 4L * number("the register", indexed.group(2), 31);
            };
        }
        return switch (inner) {
            case "regs.sp" -> 0x3e;
            case "regs.pc" -> 0x40;
            case "regs.pstate" -> 0x42;
            case "sp_el1" -> 0x44;
            case "elr_el1" -> 0x46;
            case "fp_regs.fpsr" -> 0xd4;
            case "fp_regs.fpcr" -> 0xd5;
            default ->
                throw new IllegalArgumentException(
                        "'" + abbreviated(term) + "' is no core register, such as KVM_REG_ARM_CORE_REG(regs.pc)");
        };
    }

    private static int number(String what, String text, int largest) {
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > largest) {
            throw new IllegalArgumentException(what + " is '" + abbreviated(text) + "', which must be 0 to " + largest);
        }
        return Integer.parseInt(text);
    }

    private static String abbreviated(String text) {
        return text.length() <= 60 ? text : String.format(Locale.ROOT, "%.57s...", text);
    }

    private static UnreadableCaptureException refused(String message) {
        return new UnreadableCaptureException(FORMAT, -1, message);
    }
}
