package org.migreg.format.normal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The encodings in which texts come: UTF-8, UTF-16 and UTF-32 with their marks or without, and bytes of Windows-1252 in between. */
public final class Encodings {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** How much of a text without a mark is looked at, in bytes. */
    private static final int LOOKED_AT = 4096;

    private static final int SHORTEST = 16;

    private Encodings() {}

    /** A text in UTF-8 without a byte order mark. Bytes that are not text, and malformed UTF-8, stay as they are. */
    public static byte[] inUtf8(byte[] text) {
        Charset wide = wide(text);
        if (wide != null) {
            return new String(text, wide).replace("\ufeff", "").getBytes(StandardCharsets.UTF_8);
        }
        boolean marked =
                text.length > 2 && (text[0] & 0xff) == 0xef && (text[1] & 0xff) == 0xbb && (text[2] & 0xff) == 0xbf;
        return marked ? Arrays.copyOfRange(text, 3, text.length) : text;
    }

    /** The text of bytes. A byte that is no UTF-8 is read as Windows writes it: no-break blanks, typographic quotes. */
    static String decoded(byte[] text) {
        ByteBuffer bytes = ByteBuffer.wrap(inUtf8(text));
        CharBuffer characters = CharBuffer.allocate(bytes.remaining() + 1);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        while (true) {
            CoderResult result = decoder.decode(bytes, characters, true);
            if (result.isUnderflow()) {
                break;
            }
            characters.put(WINDOWS.decode(
                    ByteBuffer.wrap(bytes.array(), bytes.arrayOffset() + bytes.position(), result.length())));
            bytes.position(bytes.position() + result.length());
            decoder.reset();
        }
        return characters.flip().toString();
    }

    /** By the mark; without one, by the zeros that most bytes of Latin letters are in UTF-16 and UTF-32. */
    private static @Nullable Charset wide(byte[] text) {
        int first = text.length < 2 ? 0 : (text[0] & 0xff) << 8 | text[1] & 0xff;
        boolean isFollowedByZeros = text.length > 3 && text[2] == 0 && text[3] == 0;
        if (first == 0xfffe && isFollowedByZeros) {
            return StandardCharsets.UTF_32;
        }
        if (first == 0xfeff || first == 0xfffe) {
            return StandardCharsets.UTF_16;
        }
        int looked = Math.min(text.length, LOOKED_AT) & ~3;
        if (looked < SHORTEST) {
            return null;
        }
        int[] zeros = new int[4];
        for (int i = 0; i < looked; i++) {
            zeros[i & 3] += text[i] == 0 ? 1 : 0;
        }
        int many = looked / 4 * 9 / 10;
        boolean[] isUpper = new boolean[4];
        for (int i = 0; i < 4; i++) {
            isUpper[i] = zeros[i] >= many;
            if (!isUpper[i] && zeros[i] > 0) {
                return null;
            }
        }
        if (isUpper[1] && isUpper[3] && !isUpper[0]) {
            return isUpper[2] ? StandardCharsets.UTF_32LE : StandardCharsets.UTF_16LE;
        }
        boolean isBigEndian = isUpper[0] && isUpper[2] && !isUpper[3];
        return isBigEndian ? isUpper[1] ? StandardCharsets.UTF_32BE : StandardCharsets.UTF_16BE : null;
    }
}
