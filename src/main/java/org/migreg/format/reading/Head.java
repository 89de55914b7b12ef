package org.migreg.format.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a file begins with, and where that does not tell its format, its text. */
public final class Head {

    /** JSON itself, and no map of register IDs, nor a text whose first word stands in braces or brackets: a C array, a line with a timestamp. */
    private static final Pattern JSON = Pattern.compile(
            "\\s*(?:\\{\\s*(?:\"(?!(?:0[xX])?[46]0[2-8]0{4}[0-9a-fA-F]{9}\")|}|$)|\\[\\s*(?:[{\\]]|$))");

    private final Input file;
    private final byte[] bytes;
    private final String beginning;
    private @Nullable String text;

    Head(Input file) throws IOException {
        this.file = file;
        this.bytes = file.look(Input.HEAD);
        this.beginning = new String(Input.inUtf8(bytes), StandardCharsets.UTF_8);
    }

    /** The first bytes, at most 64 KiB. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether these characters, of a byte each, stand at the very beginning. */
    public boolean beginsWith(String signature) {
        return new String(bytes, 0, Math.min(bytes.length, signature.length()), StandardCharsets.ISO_8859_1)
                .equals(signature);
    }

    /** The first 64 KiB as text, without a byte order mark; other bytes than UTF-8 are replaced. */
    public String beginning() {
        return beginning;
    }

    public boolean isJson() {
        return isJson(beginning);
    }

    static boolean isJson(String beginning) {
        return JSON.matcher(beginning).lookingAt();
    }

    /** All of the file as text, likewise, as far as texts are read. */
    public String text() throws IOException {
        String known = text;
        if (known == null) {
            known = bytes.length < Input.HEAD
                    ? beginning
                    : new String(Input.inUtf8(file.look(Input.TEXT)), StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }
}
