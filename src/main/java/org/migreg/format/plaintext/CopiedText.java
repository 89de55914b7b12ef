package org.migreg.format.plaintext;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list as it was copied: out of a web page, a terminal that breaks lines, a comparison, or in part. */
final class CopiedText {

    private static final Pattern TAG = Pattern.compile(
            "<(/?)(?:td|th|code|span|tt|b|i|samp|pre|p|br|tr|li|ul|ol|div|table|tbody|thead)\\b[^<>\\n]{0,200}>",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ENDS_A_LINE =
            Pattern.compile("<(?:br|/tr|/li|/p|/div)\\b.*", Pattern.CASE_INSENSITIVE);

    private static final Pattern LEFT_OUT = Pattern.compile(
            "(?m)^[ \\t>|#*-]*+(?:\\[?(?:\\.{3,}|\\u2026)\\]?(?:.{0,60}(?:more|omitted|lines|snip|truncated|cut).{0,60})?"
                    + "|--\\s?More\\s?--.*|.{0,20}\\b(?:snip|snipped|omitted|truncated)\\b.{0,20})[ \\t\\r]*$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HUNK = Pattern.compile("(?m)^[ \\t>]*+@@ -[0-9]+(?:,[0-9]+)? \\+[0-9]+.*$");
    private static final String ID = "(?:0[xX])?[46]0[2-8]0{4}[0-9a-fA-F]{9}\\b";
    private static final Pattern ADDED = Pattern.compile("(?m)^(?:\\+|> ?)[ \\t]*" + ID);
    private static final Pattern REMOVED = Pattern.compile("(?m)^(?:-|< ?)[ \\t]*" + ID);

    /** As YAML has it: the value in the line below its ID. */
    private static final Pattern VALUE_BELOW =
            Pattern.compile("(" + ID + "[\"',]*+)[ \\t\\r]*+\\n([\\s\"'>]*+val(?:ue)?\\b)", Pattern.CASE_INSENSITIVE);

    /** Where columns begin at which something breaks lines; narrower lists are printed so. */
    private static final int NARROWEST = 40;

    private static final Pattern BEGUN_ID = Pattern.compile("(?:^|[^0-9a-zA-Z_])(?:0|0[xX][0-9a-fA-F]{0,15})$");

    private CopiedText() {}

    /**
     * The text with its lines put together and without the tags of a page.
     *
     * @throws org.migreg.capture.UnreadableCaptureException when it is no list of one host, or not all of it
     */
    static String plain(String text) {
        Matcher leftOut = LEFT_OUT.matcher(text);
        if (leftOut.find()) {
            throw PlainTextReader.refused(
                    -1,
                    "line " + lineOf(text, leftOut.end()) + ": '"
                            + leftOut.group().strip() + "' says that part of the list is left out: give all of it");
        }
        if (HUNK.matcher(text).find()
                || ADDED.matcher(text).find() && REMOVED.matcher(text).find()) {
            throw PlainTextReader.refused(
                    -1,
                    "this is a difference of two lists, in which a register may stand on one side only: give the list of"
                            + " one host");
        }
        return VALUE_BELOW.matcher(joined(withoutTags(text))).replaceAll("$1 $2");
    }

    private static int lineOf(String text, int position) {
        return 1
                + Math.toIntExact(text.substring(0, position)
                        .stripTrailing()
                        .chars()
                        .filter(c -> c == '\n')
                        .count());
    }

    private static String withoutTags(String text) {
        if (text.indexOf('<') < 0) {
            return text;
        }
        return TAG.matcher(text)
                .replaceAll(tag -> ENDS_A_LINE.matcher(tag.group()).matches() ? "\n" : " ");
    }

    /** Lines that are all of one width, one of which ends within an ID, were broken there. */
    private static String joined(String text) {
        List<String> lines = text.stripTrailing().lines().toList();
        int width = lines.isEmpty() ? 0 : lines.getFirst().length();
        if (width < NARROWEST || lines.size() < 2) {
            return text;
        }
        boolean isBroken = false;
        for (int i = 0; i < lines.size() - 1; i++) {
            // A blank at the end of a line may be gone.
            int length = lines.get(i).length();
            if (length > width || length < width - 1) {
                return text;
            }
            Matcher begun = BEGUN_ID.matcher(lines.get(i));
            isBroken |=
                    begun.find() && PlainTextReader.isId(begun.group().replaceFirst("^[^0-9]", "") + lines.get(i + 1));
        }
        if (!isBroken) {
            return text;
        }
        StringBuilder joined = new StringBuilder();
        for (String line : lines) {
            joined.append(line).append(line.length() < width ? " " : "");
        }
        return joined.toString();
    }
}
