package org.migreg.format.normal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines together that mail, a terminal or a notation broke. Only a message that has begun and is not whole takes in
 * the line that follows, and only if that goes on as the message does: nothing else is joined. Each line is looked at
 * once.
 */
public final class BrokenLines {

    /** Of how many lines a message is made at most: 300 characters in columns of 30. */
    private static final int MOST_PIECES = 12;

    /**
     * What stands in front of quoted, commented or framed lines, of one that an editor shows broken, and of the second half
     * of one that a container's log keeps in parts.
     */
    private static final Pattern QUOTED = Pattern.compile("^(?:\\S{20,35} std(?:err|out) [FP] )?(?:[A-Za-z]{1,4}(?=>))?"
            + "(?:[\\s>|#*+;%!\u2502\u2503\u2551\u21aa\u21b3\u2937]{0,40}[>|#*+;%!\u2502\u2503\u2551"
            + "\u21aa\u21b3\u2937])?[\\s\u2502]{0,80}(?:\\\\(?= ) ?)?");

    private static final Pattern REST_OF_A_NUMBER = Pattern.compile("[0-9a-f]{1,16}(?![0-9A-Za-z.:-]).*");

    private static final List<String> WITHIN_WORD_FIRST = List.of("", " ");
    private static final List<String> BLANK_FIRST = List.of(" ", "");

    private final List<Message> messages;
    private final Consumer<String> reader;
    private int unfinished;

    /** A message that begins in a line at a place, and goes on or may do; it ends at {@code end} if not, -1 if it must. */
    private record Begun(Message message, int at, int end) {

        boolean isWhole() {
            return end >= 0;
        }
    }

    private BrokenLines(List<Message> messages, Consumer<String> reader) {
        this.messages = messages;
        this.reader = reader;
    }

    /**
     * Gives the lines of a text to a reader, each of these messages whole in one line as far as it can be.
     *
     * @return how many messages begin and do not end
     */
    public static int read(String text, List<Message> messages, Consumer<String> reader) {
        BrokenLines lines = new BrokenLines(messages, reader);
        lines.read(new Lines(text));
        return lines.unfinished;
    }

    private void read(Lines lines) {
        String line = "";
        List<Begun> begun = List.of();
        boolean wasCut = false;
        int pieces = 0;
        boolean isAfterBlank = false;
        while (lines.hasNext()) {
            Lines.Line next = lines.next();
            // Mail that is copied may have a blank line below each line, also within a message.
            if (!isAfterBlank && !begun.isEmpty() && isBlank(next.text())) {
                isAfterBlank = true;
                wasCut = false;
                continue;
            }
            isAfterBlank = false;
            String joined = begun.isEmpty() && !isMarked(line) || pieces >= MOST_PIECES
                    ? null
                    : goneOn(line, begun, wasCut, QUOTED.matcher(next.text()).replaceFirst(""));
            if (joined == null) {
                finish(line, begun);
                pieces = 0;
            }
            line = joined == null ? next.text() : joined;
            pieces++;
            wasCut = next.isCut();
            begun = begun(line);
        }
        finish(line, begun);
    }

    private static boolean isBlank(String line) {
        return QUOTED.matcher(line).replaceFirst("").isBlank();
    }

    private void finish(String line, List<Begun> begun) {
        if (!line.isBlank()) {
            reader.accept(line);
        }
        for (Begun one : begun) {
            boolean hasBegun = line.startsWith(one.message().beginning().substring(1), one.at() + 1);
            unfinished += hasBegun && !one.isWhole() ? 1 : 0;
        }
    }

    private List<Begun> begun(String line) {
        List<Begun> begun = new ArrayList<>();
        for (Message message : messages) {
            int at = message.lastBeginning(line);
            if (at >= 0) {
                Message.Fit fit = message.fit(at, line);
                if (fit.mayGoOn()) {
                    begun.add(new Begun(message, at, fit.end()));
                }
            }
        }
        return begun;
    }

    /** The line with the next one, joined as the messages in it go on; null where they do not. */
    private @Nullable String goneOn(String line, List<Begun> begun, boolean wasCut, String next) {
        if (next.isBlank()) {
            return null;
        }
        String stripped = line.stripTrailing();
        boolean withinWordFirst = wasCut && stripped.length() == line.length();
        String joined = joined(stripped, begun, withinWordFirst, wasCut, next.strip());
        if (joined != null || !isMarked(stripped)) {
            return joined;
        }
        String unmarked = stripped.substring(0, stripped.length() - 1);
        return joined(unmarked.stripTrailing(), begun(unmarked), !unmarked.endsWith(" "), true, next.strip());
    }

    /** YAML and quoted-printable mail mark a line that goes on. */
    private static boolean isMarked(String line) {
        return line.endsWith("\\") || line.endsWith("=");
    }

    private static @Nullable String joined(
            String front, List<Begun> begun, boolean withinWordFirst, boolean wasCut, String next) {
        for (String joint : withinWordFirst ? WITHIN_WORD_FIRST : BLANK_FIRST) {
            String joined = front + joint + next;
            String unmarked = isMarked(next) ? joined.substring(0, joined.length() - 1) : joined;
            for (Begun one : begun) {
                int at = front.length() + joint.length();
                if (goesOn(one, joined, at, joint.isEmpty(), wasCut)
                        || goesOn(one, unmarked, at, joint.isEmpty(), wasCut)) {
                    return joined;
                }
            }
        }
        return null;
    }

    private static boolean goesOn(Begun one, String joined, int joint, boolean withinWord, boolean wasCut) {
        Message.Fit fit = one.message().fit(one.at(), joined);
        if (fit.end() <= joint && !fit.mayGoOn()) {
            return false;
        }
        if (!one.isWhole() || !withinWord || one.end() < joint) {
            return true;
        }
        // What might as well end here goes on within a word only by another sign, or by a number where the line was
        // cut.
        return !Character.isLetterOrDigit(joined.charAt(joint))
                || wasCut && REST_OF_A_NUMBER.matcher(joined.substring(joint)).matches();
    }
}
