package org.migreg.register;

/** Numbers of registers as people read them: hexadecimal, lower case, after {@code 0x}. */
public final class Hex {

    private Hex() {}

    /** Without leading zeros: {@code 0x10003}. */
    public static String number(long bits) {
        return "0x" + Long.toHexString(bits);
    }

    /** All 16 digits of a 64-bit word: {@code 0x0000000000010003}. */
    public static String word(long bits) {
        char[] text = new char[18];
        text[0] = '0';
        text[1] = 'x';
        for (int i = 0; i < 16; i++) {
            text[2 + i] = Character.forDigit((int) (bits >>> (60 - 4 * i) & 0xf), 16);
        }
        return new String(text);
    }
}
