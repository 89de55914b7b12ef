package org.migreg.format.normal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a text one by one, each with its characters as they were printed; only one of them is kept at a time. */
final class Lines {

    /** A line, and whether it is as wide as whatever broke the text makes lines. */
    record Line(String text, boolean isCut) {}

    /** No message of a program is as long; the rest of a longer line is passed over. */
    private static final int LONGEST = 4000;

    /** Also as JSON (some levels deep), syslog and web pages write the end of a line. */
    private static final Pattern END =
            Pattern.compile("\\r\\n|[\\r\\n\\u0085\\u2028\\u2029]|(?:\\\\{1,8}r)?\\\\{1,8}n|#012"
                    + "|&(?:amp;)?(?:#(?:10|x0{0,2}[aA])|NewLine);|<br ?/?>|</(?:tr|li|p|div|pre)>");

    /** Where terminals and mail break lines, besides the width that the text itself shows. */
    private static final Set<Integer> USUAL_WIDTHS = Set.of(70, 72, 74, 76, 78, 79, 80, 100, 120, 132, 160, 200);

    /** Blanks and tabs, of which a program prints one between words. */
    private static final Pattern BLANKS = Pattern.compile("[ \\t]{2,}|\\t");

    /** A frame around a line. */
    private static final Pattern FRAME =
            Pattern.compile("^\\s*[\u2502\u2503\u2551|](.*?)\\s*[\u2502\u2503\u2551|]\\s*$");

    private final String text;
    private final Matcher ends;
    private final Deque<Line> pieces = new ArrayDeque<>();
    private final int width;
    private final boolean widthIsKnown;
    private int start;
    private boolean atEnd;

    Lines(String given) {
        this.text = TransferEncoding.takenBack(given);
        this.ends = END.matcher(text);
        int widest = 0;
        int asWide = 0;
        for (int from = 0; from <= text.length(); ) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            int length = to - from - (to > from && text.charAt(to - 1) == '\r' ? 1 : 0);
            asWide = length > widest ? 1 : asWide + (length == widest ? 1 : 0);
            widest = Math.max(widest, length);
            from = to + 1;
        }
        this.width = widest;
        this.widthIsKnown = asWide > 1 || USUAL_WIDTHS.contains(widest);
    }

    boolean hasNext() {
        while (pieces.isEmpty() && !atEnd) {
            atEnd = !ends.find();
            int end = atEnd ? text.length() : ends.start();
            add(text.substring(start, Math.min(end, start + LONGEST)), end - start == width && widthIsKnown);
            start = atEnd ? end : ends.end();
        }
        return !pieces.isEmpty();
    }

    Line next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return pieces.removeFirst();
    }

    private void add(String raw, boolean isCut) {
        String unescaped = Characters.plain(Escapes.takenBack(Characters.plain(raw)));
        String unframed = FRAME.matcher(unescaped).replaceFirst("$1");
        String plain = BLANKS.matcher(unframed).replaceAll(" ");
        int from = 0;
        for (int end = plain.indexOf('\n'); end >= 0; end = plain.indexOf('\n', from)) {
            pieces.add(new Line(plain.substring(from, end), false));
            from = end + 1;
        }
        pieces.add(new Line(plain.substring(from), isCut));
    }
}
