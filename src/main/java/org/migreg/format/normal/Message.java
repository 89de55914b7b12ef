package org.migreg.format.normal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that a program prints in one line.
 *
 * @param beginning what it begins with, letter by letter; the first letter is read in either case
 * @param whole all of it, from its beginning on; precise where words and numbers stand, since {@link BrokenLines} asks it
 *     whether a piece may go on as the next line does
 */
public record Message(String beginning, Pattern whole) {

    public Message {
        if (beginning.length() < 2) {
            throw new IllegalArgumentException("'" + beginning + "' is too short to tell a message by");
        }
    }

    /** Where it begins last in a line, or how much of its beginning the line ends with; -1 for neither. */
    int lastBeginning(String line) {
        for (int at = line.length() - 1; at >= 0; at--) {
            at = line.lastIndexOf(beginning.substring(1), at);
            if (at < 1) {
                break;
            }
            if (sameLetter(line.charAt(at - 1), beginning.charAt(0))) {
                return at - 1;
            }
        }
        for (int length = Math.min(beginning.length() - 1, line.length()); length > 0; length--) {
            int at = line.length() - length;
            if (sameLetter(line.charAt(at), beginning.charAt(0))
                    && line.regionMatches(at + 1, beginning, 1, length - 1)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * How far a line is this message.
     *
     * @param end where it ends; -1 where the line has no end of it
     * @param mayGoOn whether the line ends within it, or at an end that more could follow
     */
    record Fit(int end, boolean mayGoOn) {}

    // Whether more input could go on with the match is what is asked here, and hitEnd alone tells it.
    @SuppressWarnings("JdkObsolete")
    Fit fit(int place, String line) {
        Matcher matcher = whole.matcher(line).region(place, line.length());
        boolean isWhole = matcher.lookingAt();
        return new Fit(isWhole ? matcher.end() : -1, matcher.hitEnd());
    }

    private static boolean sameLetter(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
