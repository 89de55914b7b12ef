package org.migreg.draftstore;

import java.util.regex.Pattern;
import org.migreg.register.Text;

/**
 * The name of a draft: 1 to {@value #LONGEST} letters, digits, dots, hyphens and underscores, beginning with a letter
 * or digit.
 */
public record DraftName(String text) implements Comparable<DraftName> {

    public static final int LONGEST = 64;

    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public DraftName {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + Text.shortened(text, 80)
                    + "' is not a draft's name: write 1 to " + LONGEST
                    + " letters, digits, dots, hyphens and underscores, beginning with a letter or digit, such as"
                    + " release-11.2");
        }
    }

    @Override
    public int compareTo(DraftName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
