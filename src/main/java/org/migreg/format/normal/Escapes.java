package org.migreg.format.normal;

import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes back what notations make of a log that is a value in them: JSON (also in JSON, some levels deep), YAML, C and
 * Python, syslog's {@code #012}, tags of a web page.
 */
final class Escapes {

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\{1,8}(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(033|e(?=\\[))"
                    + "|(r?\\\\{0,8}n)|(t)|([\"'/<>_*\\[\\](){}`~#|.!+=&-]))|#(0(?:1[125]|33))|<(/?(?:br|p|div|li|tr|pre|wbr|span|code|b|i|em|td|samp|th|table|tbody|a|u|s|tt|kbd|mark|font|small|strong|label|h[1-6]|ul|ol|dd|dt|blockquote|section|article)\\b"
                    + "[^<>\\n]{0,200})>");

    /** The bytes of a message, as journalctl writes one with colours or other signs in JSON. */
    private static final Pattern BYTES = Pattern.compile("\\[ ?[0-9]{1,3}(?: ?, ?[0-9]{1,3}){9,} ?\\]");

    /** Quotes that YAML and CSV double, or shells put around each other. */
    private static final Pattern DOUBLED = Pattern.compile("'{2,8}|\"{2,8}");

    private Escapes() {}

    static String takenBack(String text) {
        boolean escaped = text.indexOf('\\') >= 0 || text.indexOf('#') >= 0 || text.indexOf('<') >= 0;
        String plain = escaped ? ESCAPE.matcher(text).replaceAll(Escapes::character) : text;
        if (plain.indexOf('[') >= 0) {
            plain = BYTES.matcher(plain).replaceAll(Escapes::text);
        }
        if (!plain.contains("''") && !plain.contains("\"\"")) {
            return plain;
        }
        return DOUBLED.matcher(plain).replaceAll(quotes -> quotes.group().substring(0, 1));
    }

    private static String text(MatchResult bytes) {
        String[] numbers = bytes.group().split("[^0-9]+", -1);
        byte[] text = new byte[numbers.length - 2];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) Integer.parseInt(numbers[i + 1]);
        }
        return Matcher.quoteReplacement(new String(text, StandardCharsets.UTF_8));
    }

    private static String character(MatchResult escape) {
        if (escape.group(1) != null) {
            return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
        }
        if (escape.group(2) != null) {
            return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(2), 16)));
        }
        if (escape.group(3) != null) {
            return "\u001b";
        }
        if (escape.group(4) != null) {
            return "\n";
        }
        if (escape.group(5) != null) {
            return " ";
        }
        if (escape.group(6) != null) {
            return escape.group(6);
        }
        if (escape.group(7) != null) {
            return switch (escape.group(7)) {
                case "011" -> " ";
                case "033" -> "\u001b";
                default -> "\n";
            };
        }
        String tag = escape.group(8);
        return tag.matches("/?(?:br|p|div|li|tr|pre|h[1-6]|dd|dt|blockquote)\\b.*") ? "\n" : "";
    }
}
