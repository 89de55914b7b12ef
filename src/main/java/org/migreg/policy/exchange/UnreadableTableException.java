package org.migreg.policy.exchange;

import java.util.List;
import java.util.stream.Collectors;

/** Why a text is not what it should be: everything found wrong, with its place and what would be right. */
public final class UnreadableTableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * One thing that is wrong.
     *
     * @param line counted from 1, or 0 where no one line is to blame
     * @param column counted from 1, or 0
     * @param pointer a JSON pointer (RFC 6901) into structured files; empty for the whole and for other texts
     * @param message a sentence that says what stands there and what would be right
     */
    public record Problem(int line, int column, String pointer, String message) {

        /** The place and the sentence: {@code line 3, column 7: ...}. */
        @Override
        public String toString() {
            return (line > 0 ? "line " + line + (column > 0 ? ", column " + column : "") + ": " : "")
                    + (pointer.isEmpty() ? "" : pointer + ": ")
                    + message;
        }
    }

    private final transient List<Problem> problems;

    /**
     * @param problems one at least
     */
    public UnreadableTableException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public UnreadableTableException(int line, int column, String message) {
        this(List.of(new Problem(line, column, "", message)));
    }

    /** In the order of the text; one at least. */
    public List<Problem> problems() {
        return problems;
    }
}
