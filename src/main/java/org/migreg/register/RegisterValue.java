package org.migreg.register;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of one register as QEMU migrates it: an unsigned 64-bit number, or a 32-bit one in the
 * low half.
 *
 * @param bits the value, as an unsigned number
 */
public record RegisterValue(long bits) {

    private static final Pattern HEX = Pattern.compile("0[xX]0*([0-9a-fA-F]{1,16})");
    private static final Pattern DECIMAL = Pattern.compile("0*([0-9]{1,20})");

    /**
     * Reads hex with {@code 0x} or decimal.
     *
     * @throws IllegalArgumentException saying what stands there and what would be right
     */
    public static RegisterValue parse(String text) {
        Matcher hex = HEX.matcher(text);
        if (hex.matches()) {
            return new RegisterValue(Long.parseUnsignedLong(hex.group(1), 16));
        }
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            try {
                return new RegisterValue(Long.parseUnsignedLong(decimal.group(1)));
            } catch (NumberFormatException tooLarge) {
                throw refused(text, tooLarge);
            }
        }
        throw refused(text, null);
    }

    /** {@code 0x} and the hex digits without leading zeros. */
    @Override
    public String toString() {
        return Hex.number(bits);
    }

    /** The text of a value that may be unknown; null where it is. */
    public static @Nullable String text(@Nullable Long bits) {
        return bits == null ? null : Hex.number(bits);
    }

    private static IllegalArgumentException refused(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "'" + Text.shortened(text) + "' is not a register value: write up to 16 hex digits after 0x,"
                        + " such as 0x10001, or a decimal number that fits in 64 bits",
                cause);
    }
}
