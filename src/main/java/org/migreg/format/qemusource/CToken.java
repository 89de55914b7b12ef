package org.migreg.format.qemusource;

import java.util.List;
import org.migreg.policy.exchange.UnreadableTableException;

/**
 * A token of C, or a preprocessor directive as a whole.
 *
 * @param text as written; of a string literal the characters it stands for
 * @param line of its first character, counted from 1
 * @param column of its first character, counted from 1
 * @param lastLine of its last character
 * @param spaced whether blanks or comments stand before it
 * @param conditional whether it depends on how QEMU is built: an {@code #if} around it may hold or not
 * @param comments the comments between the token before and this one
 */
record CToken(
        Kind kind,
        String text,
        int line,
        int column,
        int lastLine,
        boolean spaced,
        boolean conditional,
        List<Comment> comments) {

    enum Kind {
        IDENTIFIER,
        NUMBER,
        STRING,
        CHARACTER,
        PUNCTUATOR,
        DIRECTIVE,
        END
    }

    /**
     * @param text without the comment marks and the asterisks before its lines
     */
    record Comment(String text, int line, int lastLine) {}

    CToken {
        comments = List.copyOf(comments);
    }

    boolean is(String punctuator) {
        return kind == Kind.PUNCTUATOR && text.equals(punctuator);
    }

    boolean isIdentifier() {
        return kind == Kind.IDENTIFIER;
    }

    boolean isIdentifier(String name) {
        return kind == Kind.IDENTIFIER && text.equals(name);
    }

    UnreadableTableException refused(String message) {
        return new UnreadableTableException(line, column, message);
    }
}
