package org.migreg.capture;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a host: 1 to {@value #LONGEST} letters, digits, dots, hyphens and underscores, beginning with a letter
 * or digit. Host names do not tell cases apart (RFC 4343), so it is kept in lower case.
 */
public record HostName(String text) implements Comparable<HostName> {

    public static final int LONGEST = 253;

    private static final Pattern TEXT = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    public HostName {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a host's name has at most " + LONGEST + " characters; this one has " + text.length());
        }
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a host's name: write lower-case letters, digits, dots, hyphens and underscores,"
                    + " beginning with a letter or digit, such as compute-17.example.org");
        }
    }

    /** Reads a name in any case. */
    public static HostName parseLenient(String text) {
        return new HostName(text.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(HostName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
