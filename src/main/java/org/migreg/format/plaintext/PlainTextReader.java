package org.migreg.format.plaintext;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;
import org.migreg.register.RegisterList;

/**
 * Reads register IDs out of text: one a line, C arrays, {@code REG 0x...}, {@code id = value},
 * {@code id: value}, {@code id value}, QEMU's printed forms, names at the beginning of an item.
 *
 * <p>Careful rather than clever: it never takes a value for an ID. A number is a value only where
 * it follows an ID directly; text that could be read in two ways is refused with its line and column.
 * IDs of 16 hex digits are recognised anywhere by their shape, also without 0x; names only where an item begins.
 * Comments ({@code #}, {@code //}, {@code /* *}{@code /}) are left out.
 */
public final class PlainTextReader implements CaptureFormat {

    /** The name of the format. */
    public static final String FORMAT = "plain-text";

    private static final Pattern ID = Pattern.compile("0[xX][46]0[2-8]0{4}[0-9a-fA-F]{9}(?![0-9a-zA-Z_])");

    /** The longest text that is read, in bytes; 420 registers with values take 16,000. */
    private static final int LARGEST = 4 << 20;

    @Override
    public String name() {
        return FORMAT;
    }

    @Override
    public String files() {
        return "plain text with register IDs";
    }

    @Override
    public boolean recognises(Head head) {
        return !head.isJson();
    }

    @Override
    public boolean takesTheRest() {
        return true;
    }

    @Override
    public FileContent read(Input file) throws IOException {
        return new FileContent.Captures(FORMAT, read(file.text(FORMAT, LARGEST)));
    }

    /**
     * @throws UnreadableCaptureException when it is not UTF-8 text, holds no register ID, or could be
     *     read in two ways
     */
    public static CaptureReading read(byte[] content) {
        ItemCollector items = new ItemCollector();
        new LineScanner(items).scan(CopiedText.plain(decoded(content)));
        RegisterList registers = items.registers();
        if (registers.isEmpty()) {
            throw refused(
                    -1,
                    "the text holds no register ID that QEMU migrates: write one a line, such as 0x603000000013c103"
                            + " or TCR2_EL1");
        }
        return CaptureReading.ofOneList(registers, SaidOfHost.NOTHING, items.normalisation(), items.remarks());
    }

    /** Whether a text begins with a whole ID in hex. */
    static boolean isId(String text) {
        return ID.matcher(text).lookingAt();
    }

    static UnreadableCaptureException refused(long position, String message) {
        return new UnreadableCaptureException(FORMAT, position, message);
    }

    private static String decoded(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
            int nul = text.indexOf('\0');
            if (nul >= 0) {
                throw refused(nul, "character " + nul + " is NUL, so this is no text");
            }
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw refused(bytes.position(), "byte " + bytes.position() + " is not UTF-8, so this is no text");
        }
    }
}
