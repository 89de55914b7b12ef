package org.migreg.policy.exchange;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.migreg.register.Hex;
import org.migreg.register.RegisterId;
import org.migreg.register.Text;

/**
 * The value of one of the array properties in QEMU's syntax of lists of 64-bit numbers: {@code
 * 0x603000000013c103, 0x603000000013c512-0x603000000013c513}.
 *
 * <p>As observed with QEMU and in its {@code qapi/string-input-visitor.c}: numbers are hexadecimal with
 * {@code 0x}, octal with a leading {@code 0}, else decimal; blanks may precede a number and nothing else;
 * a comma may end the list; a range has at most 65,536 values; numbers may repeat; the value may be
 * empty. A sign, which QEMU takes as modulo 2^64, is refused here.
 *
 * @param registers what the value holds, ascending, each once
 */
public record PropertyValue(List<RegisterId> registers) {

    /** The greatest number of values that QEMU takes in one range. */
    public static final int MOST_IN_RANGE = 65_536;

    private static final int MOST_REGISTERS = 1_000_000;
    private static final int LONGEST_TEXT = 4_000_000;
    private static final Pattern NUMBER = Pattern.compile("0[xX]([0-9a-fA-F]+)|0([0-7]*)|([1-9][0-9]*)");
    private static final String EXAMPLE = "0x603000000013c103, 0x603000000013c512";

    /** Why a text is no value: where it went wrong, counted from 0, and what would be right. */
    public static final class MalformedValueException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;
        private final int position;
        private final String problem;

        MalformedValueException(int position, String problem) {
            super("at position " + position + " of the value: " + problem);
            this.position = position;
            this.problem = problem;
        }

        public int position() {
            return position;
        }

        /** The sentence without the position. */
        public String problem() {
            return problem;
        }
    }

    public PropertyValue {
        registers = List.copyOf(new TreeSet<>(registers));
    }

    public static PropertyValue of(Collection<RegisterId> registers) {
        return new PropertyValue(List.copyOf(registers));
    }

    /**
     * Reads what QEMU reads, and refuses what it refuses.
     *
     * @throws MalformedValueException saying where and why
     */
    public static PropertyValue parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new MalformedValueException(0, "the value is longer than 4,000,000 characters");
        }
        TreeSet<RegisterId> found = new TreeSet<>();
        int position = 0;
        while (position < text.length()) {
            Cursor first = number(text, position);
            Cursor last = first;
            if (first.end() < text.length() && text.charAt(first.end()) == '-') {
                last = number(text, first.end() + 1);
                checkRange(position, first, last);
            }
            long count = last.value() - first.value();
            for (long i = 0; i <= count; i++) {
                found.add(new RegisterId(first.value() + i));
            }
            if (found.size() > MOST_REGISTERS) {
                throw new MalformedValueException(position, "the value has more than 1,000,000 registers");
            }
            position = last.end();
            if (position < text.length()) {
                if (text.charAt(position) != ',') {
                    throw afterNumber(text, position);
                }
                position++;
            }
        }
        return new PropertyValue(List.copyOf(found));
    }

    /** Whether one number or one range says it all, which is all that {@code -cpu} can take. */
    public boolean isOneRange() {
        return registers.size() <= 1
                || registers.size() <= MOST_IN_RANGE
                        && registers.getLast().bits() - registers.getFirst().bits() == registers.size() - 1;
    }

    /**
     * The shortest form of one number or range.
     *
     * @throws IllegalStateException unless {@link #isOneRange}
     */
    public String asOneRange() {
        if (!isOneRange()) {
            throw new IllegalStateException(this + " is not one range");
        }
        return registers.size() <= 1 ? toString() : registers.getFirst() + "-" + registers.getLast();
    }

    /** Canonical ids after commas without blanks, as {@code -global} takes it. */
    @Override
    public String toString() {
        return registers.stream().map(RegisterId::toString).collect(Collectors.joining(","));
    }

    private record Cursor(long value, int end) {}

    private static Cursor number(String text, int from) {
        int start = from;
        while (start < text.length() && isBlank(text.charAt(start))) {
            start++;
        }
        if (start == text.length()) {
            throw new MalformedValueException(
                    from,
                    start > from ? "a blank at the end of the value is refused by QEMU: leave it out" : missing());
        }
        Matcher matcher = NUMBER.matcher(text).region(start, text.length());
        if (!matcher.lookingAt()) {
            throw notANumber(text, start);
        }
        String digits;
        int radix;
        if (matcher.group(1) != null) {
            digits = matcher.group(1);
            radix = 16;
        } else if (matcher.group(2) != null) {
            digits = "0" + matcher.group(2);
            radix = 8;
        } else {
            digits = matcher.group(3);
            radix = 10;
        }
        try {
            return new Cursor(Long.parseUnsignedLong(digits, radix), matcher.end());
        } catch (NumberFormatException tooLarge) {
            throw new MalformedValueException(
                    start,
                    "'" + shown(matcher.group()) + "' has more than 64 bits: write a register ID such as "
                            + EXAMPLE.substring(0, 18));
        }
    }

    private static void checkRange(int position, Cursor first, Cursor last) {
        if (Long.compareUnsigned(first.value(), last.value()) > 0) {
            throw new MalformedValueException(
                    position,
                    "the range descends: write " + Hex.number(last.value()) + "-" + Hex.number(first.value()));
        }
        if (Long.compareUnsigned(last.value() - first.value(), MOST_IN_RANGE) >= 0) {
            throw new MalformedValueException(
                    position, "the range has more than 65,536 values, which QEMU refuses: split it");
        }
    }

    private static MalformedValueException notANumber(String text, int position) {
        char c = text.charAt(position);
        if (c == ',') {
            return new MalformedValueException(
                    position,
                    "a number is missing before ',': write one comma between numbers (',,' belongs to -global's long form)");
        }
        if (c == '-' || c == '+') {
            return new MalformedValueException(position, "a register ID has no sign: write " + EXAMPLE);
        }
        return new MalformedValueException(
                position,
                "'" + shown(text.substring(position, endOfWord(text, position)))
                        + "' is not a number: write numbers with commas between them, hexadecimal ones with 0x, such as "
                        + EXAMPLE);
    }

    private static MalformedValueException afterNumber(String text, int position) {
        char c = text.charAt(position);
        if (isBlank(c)) {
            return new MalformedValueException(
                    position,
                    text.substring(position).isBlank()
                            ? "a blank at the end of the value is refused by QEMU: leave it out"
                            : "a blank does not separate numbers: write a comma, which a blank may follow");
        }
        if (c == ';') {
            return new MalformedValueException(position, "';' does not separate numbers: write a comma");
        }
        int start = position;
        while (start > 0 && Character.digit(text.charAt(start - 1), 16) >= 0) {
            start--;
        }
        String word = text.substring(start, endOfWord(text, position));
        if (word.matches("[0-9a-fA-F]+")) {
            return new MalformedValueException(
                    position,
                    "'" + shown(word) + "' is "
                            + (word.startsWith("0") && word.matches("[0-9]+")
                                    ? "octal by its leading 0, but has other digits than 0 to 7"
                                    : "hexadecimal without 0x")
                            + ", which QEMU refuses: write 0x" + shown(word));
        }
        return new MalformedValueException(
                position,
                "'" + shown(word) + "' is not a number: write numbers with commas between them, such as " + EXAMPLE);
    }

    private static String missing() {
        return "a number is missing: write one such as " + EXAMPLE.substring(0, 18);
    }

    private static int endOfWord(String text, int position) {
        int end = position;
        while (end < text.length() && ",; \t\n-".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return Math.max(end, position + 1);
    }

    /** What C's isspace() takes, since strtoull() skips it. */
    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static String shown(String text) {
        return Text.shortened(text, 40);
    }
}
