package org.migreg.capture;

import java.util.regex.Pattern;
import org.migreg.register.Text;

/**
 * The content digest under which a capture is kept: {@code sha256:} and 64 lower-case hex digits.
 *
 * @param text the whole
 */
public record CaptureId(String text) implements Comparable<CaptureId> {

    /** What stands before the digits. */
    public static final String PREFIX = "sha256:";

    private static final Pattern TEXT = Pattern.compile("sha256:[0-9a-f]{64}");

    public CaptureId {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + Text.shortened(text, 80)
                    + "' is not a capture's id: write sha256: and 64 lower-case hex digits");
        }
    }

    /** So many of its first hex digits, for people and addresses: 1 to 64. */
    public String start(int digits) {
        return text.substring(PREFIX.length(), PREFIX.length() + digits);
    }

    @Override
    public int compareTo(CaptureId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
