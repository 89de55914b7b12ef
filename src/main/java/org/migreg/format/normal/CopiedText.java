package org.migreg.format.normal;

import java.util.regex.Pattern;

/** Code and command lines as they were written, out of mail that quotes them or a page that shows them. */
public final class CopiedText {

    private static final Pattern QUOTED = Pattern.compile("(?m)^(?:> ?)+");
    private static final Pattern UNQUOTED = Pattern.compile("(?m)^(?!>)[ \\t]*\\S");
    private static final Pattern SHOWN = Pattern.compile("(?i)</?(?:pre|code|html|body|div|p|br)\\b[^<>\\n]{0,200}>");

    private CopiedText() {}

    /** The text as it was written; XML, whose entities mean what they say, stays as it is. */
    public static String plain(String text) {
        String shown = SHOWN.matcher(TransferEncoding.takenBack(text)).replaceAll("");
        if (shown.stripLeading().startsWith("<")) {
            return text;
        }
        String plain = Characters.plain(shown);
        return UNQUOTED.matcher(plain).find() ? plain : QUOTED.matcher(plain).replaceAll("");
    }
}
