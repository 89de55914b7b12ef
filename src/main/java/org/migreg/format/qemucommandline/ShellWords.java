package org.migreg.format.qemucommandline;

import java.util.ArrayList;
import java.util.List;
import org.migreg.policy.exchange.UnreadableTableException;

/**
 * Splits text as a POSIX shell does (Shell Command Language, sections 2.2 and 2.3): blanks, quotes,
 * backslashes, comments. What a shell would replace or treat as an operator is refused.
 */
final class ShellWords {

    /**
     * @param positions for each character of the word its place in the text as line and column, and one
     *     more for the end
     */
    record Word(String text, List<Place> positions) {
        int lineOf(int position) {
            return place(position).line();
        }

        int columnOf(int position) {
            return place(position).column();
        }

        private Place place(int position) {
            return positions.get(Math.min(position, positions.size() - 1));
        }
    }

    record Place(int line, int column) {}

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private List<Place> places = new ArrayList<>();
    private boolean inWord;
    private int at;
    private int line = 1;
    private int lineStart;

    private ShellWords(String text) {
        this.text = text;
    }

    static List<Word> split(String text) {
        ShellWords shell = new ShellWords(text);
        shell.split();
        return shell.words;
    }

    private void split() {
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case ' ', '\t', '\r', '\n' -> {
                    endWord();
                    next();
                }
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> escaped();
                case '#' -> {
                    if (inWord) {
                        add();
                    } else {
                        while (at < text.length() && text.charAt(at) != '\n') {
                            next();
                        }
                    }
                }
                case '$', '`', ';', '&', '|', '<', '>', '(', ')', '*', '?', '[' ->
                    throw refused(
                            here(),
                            "a shell takes '" + c + "' for itself: put it in single quotes if QEMU is to get it");
                default -> add();
            }
        }
        endWord();
    }

    private void singleQuoted() {
        Place start = here();
        inWord = true;
        next();
        while (at < text.length() && text.charAt(at) != '\'') {
            add();
        }
        close(start, "'");
    }

    private void doubleQuoted() {
        Place start = here();
        inWord = true;
        next();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '$' || c == '`') {
                throw refused(here(), "a shell replaces '" + c + "' in double quotes: write what QEMU is to get");
            }
            if (c == '\\' && at + 1 < text.length() && "\"\\$`\n".indexOf(text.charAt(at + 1)) >= 0) {
                escaped();
            } else {
                add();
            }
        }
        close(start, "\"");
    }

    private void close(Place start, String quote) {
        if (at == text.length()) {
            throw refused(start, "the quote " + quote + " is never closed");
        }
        next();
    }

    private void escaped() {
        Place start = here();
        next();
        if (at == text.length()) {
            throw refused(start, "a backslash ends the text: nothing follows that it could stand for");
        }
        if (text.charAt(at) == '\n') {
            next();
        } else {
            add();
        }
    }

    private void add() {
        inWord = true;
        word.append(text.charAt(at));
        places.add(here());
        next();
    }

    private void endWord() {
        if (inWord) {
            places.add(here());
            words.add(new Word(word.toString(), List.copyOf(places)));
            word.setLength(0);
            places = new ArrayList<>();
            inWord = false;
        }
    }

    private void next() {
        if (text.charAt(at) == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }

    private Place here() {
        return new Place(line, at - lineStart + 1);
    }

    private static UnreadableTableException refused(Place place, String message) {
        return new UnreadableTableException(place.line(), place.column(), message);
    }
}
