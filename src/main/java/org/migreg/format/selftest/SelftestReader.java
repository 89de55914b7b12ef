package org.migreg.format.selftest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

    private static final Pattern LISTED = Pattern.compile("ARM64_SYS_REG\\(|KVM_REG_ARM64 *\\||KVM_REG_ARM_FW_REG\\(");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//.*");
    /** What numbers, quotes or marks the lines of a list where they were copied. */
    private static final Pattern MARKER = Pattern.compile("^[\\s>|\"*+\u2022-]*+(?:[0-9]{1,4}[.):]\\s+)?");

    private static final Pattern EXPRESSION_START = Pattern.compile("(?:KVM_)?(?:ARM64_SYS_REG|REG_ARM|REG_SIZE)\\w*+");
    private static final Pattern RAW = Pattern.compile("0x([0-9a-fA-F]{1,16})");
    private static final Pattern END = Pattern.compile("[\\s,|\"]*$");
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
        String line = MARKER.matcher(COMMENT.matcher(whole).replaceAll("").replace("`", ""))
                .replaceFirst("")
                .strip();
        if (REPORT.matcher(line).find()) {
            throw new IllegalArgumentException("this is the test's report, which prints the new and missing registers"
                    + " alone: run get-reg-list --config=... --list for the whole list");
        }
        if (!EXPRESSION_START.matcher(line).lookingAt()
                && !RAW.matcher(END.matcher(line).replaceFirst("")).matches()) {
            return null;
        }
        if (whole.length() > LONGEST_LINE) {
            throw new IllegalArgumentException("the line is longer than " + LONGEST_LINE + " characters");
        }
        String expression = END.matcher(line).replaceFirst("");
        return RegisterId.parseExpression(expression);
    }

    private static UnreadableCaptureException refused(String message) {
        return new UnreadableCaptureException(FORMAT, -1, message);
    }
}
