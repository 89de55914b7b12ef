package org.migreg.format.normal;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Characters as programs print them. Word processors, web pages and terminals put others in their place that look alike
 * or not at all: no-break blanks, typographic quotes and dashes, HTML's entities, colours.
 */
public final class Characters {

    /** Colours and cursor movements, as bytes and as {@code cat -v} writes them; and what a backspace strikes out. */
    private static final Pattern TERMINAL = Pattern.compile("(?:\\x1b\\[|\\x9b|\\^\\[\\[)[0-9;:?]{0,30}[ -/]{0,4}[@-~]"
            + "|\\x1b\\][^\\x07\\x1b\\n]{0,400}(?:\\x07|\\x1b\\\\)|\\x1b[()][0-9A-Z]|\\x1b[=>78@-Z_]|[^\\n]\\x08");

    private static final Pattern ENTITY =
            Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,7}));");

    /** An entity of an entity of an entity: a log in JSON in a page that is quoted in a page. */
    private static final int ENTITIES_DEEP = 3;

    /** Those that stand for characters of the messages, or for blanks between them. Source: the HTML standard's table. */
    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("amp", "&"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("ensp", " "),
            Map.entry("emsp", " "),
            Map.entry("thinsp", " "),
            Map.entry("shy", ""),
            Map.entry("zwnj", ""),
            Map.entry("zwj", ""),
            Map.entry("lsquo", "'"),
            Map.entry("rsquo", "'"),
            Map.entry("ldquo", "\""),
            Map.entry("rdquo", "\""),
            Map.entry("prime", "'"),
            Map.entry("ndash", "-"),
            Map.entry("mdash", "-"),
            Map.entry("minus", "-"),
            Map.entry("le", "<="),
            Map.entry("ge", ">="),
            Map.entry("colon", ":"),
            Map.entry("lowbar", "_"),
            Map.entry("lpar", "("),
            Map.entry("rpar", ")"),
            Map.entry("equals", "="),
            Map.entry("sol", "/"),
            Map.entry("comma", ","),
            Map.entry("period", "."),
            Map.entry("Tab", " "),
            Map.entry("NewLine", "\n"));

    /** UTF-8 that was read as Windows-1252 on the way: a lead byte's letter, and those of the bytes that follow it. */
    private static final Pattern MISREAD = Pattern.compile("[\u00c2-\u00f4](?:[\u00a0-\u00bf\u0080-\u009f\u201a\u0192"
            + "\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013"
            + "\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178\u20ac]){1,3}");

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private Characters() {}

    /** A text with these characters put back; one that has none of them is answered as it is. */
    public static String plain(String text) {
        if (isPlain(text)) {
            return text;
        }
        String entities = text;
        for (int deep = 0; deep < ENTITIES_DEEP && entities.indexOf('&') >= 0; deep++) {
            String resolved = ENTITY.matcher(entities).replaceAll(Characters::resolved);
            if (resolved.equals(entities)) {
                break;
            }
            entities = resolved;
        }
        String printed = TERMINAL.matcher(MISREAD.matcher(entities).replaceAll(Characters::readAgain))
                .replaceAll("");
        StringBuilder plain = new StringBuilder(printed.length());
        for (int i = 0; i < printed.length(); i++) {
            append(printed.charAt(i), plain);
        }
        return plain.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~' || c == '&' || c == '^' || c < ' ' && c != '\n' && c != '\r' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    private static String resolved(MatchResult entity) {
        if (entity.group(3) != null) {
            String known = ENTITIES.get(entity.group(3));
            return Matcher.quoteReplacement(known == null ? entity.group() : known);
        }
        int code = entity.group(1) != null ? Integer.parseInt(entity.group(1)) : Integer.parseInt(entity.group(2), 16);
        return Character.isBmpCodePoint(code) && code != 0
                ? Matcher.quoteReplacement(String.valueOf((char) code))
                : Matcher.quoteReplacement(entity.group());
    }

    private static String readAgain(MatchResult misread) {
        try {
            return Matcher.quoteReplacement(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(WINDOWS.newEncoder().encode(CharBuffer.wrap(misread.group())))
                    .toString());
        } catch (CharacterCodingException isWhatItLooksLike) {
            return Matcher.quoteReplacement(misread.group());
        }
    }

    private static void append(char c, StringBuilder plain) {
        switch (c) {
            case '\u00a0', '\u1680', '\u202f', '\u205f', '\u3000' -> plain.append(' ');
            case '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\u00ad' -> {}
            case '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069' -> {}
            case '\u2018', '\u2019', '\u201a', '\u201b', '\u2032', '\u2039', '\u203a', '\u00b4' -> plain.append('\'');
            case '\u201c', '\u201d', '\u201e', '\u201f', '\u2033', '\u00ab', '\u00bb' -> plain.append('"');
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> plain.append('-');
            case '\u2264' -> plain.append("<=");
            case '\u2265' -> plain.append(">=");
            case '\u2026' -> plain.append("...");
            case '\u0085', '\u2028', '\u2029' -> plain.append('\n');
            case '\u000b', '\u000c' -> plain.append(' ');
            case '\ufb00' -> plain.append("ff");
            case '\ufb01' -> plain.append("fi");
            case '\ufb02' -> plain.append("fl");
            case '\ufb03' -> plain.append("ffi");
            case '\ufb04' -> plain.append("ffl");
            default -> {
                if (c >= '\u2000' && c <= '\u200a') {
                    plain.append(' ');
                } else if (c >= '\uff01' && c <= '\uff5e') {
                    plain.append((char) (c - 0xfee0));
                } else {
                    plain.append(c);
                }
            }
        }
    }
}
