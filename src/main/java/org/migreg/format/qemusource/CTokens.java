package org.migreg.format.qemusource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.exchange.UnreadableTableException;

/**
 * Splits C into tokens, as far as finding and reading array initialisers needs: comments and directives
 * are kept, what {@code #if 0} leaves out is passed over, numbers and operators are not looked into.
 */
final class CTokens {

    private static final Pattern CONSTANT_CONDITION = Pattern.compile("if\\s+([01])\\s*(?:/[*/].*)?", Pattern.DOTALL);
    private static final Pattern ABSENT_MACRO = Pattern.compile("ifndef\\s+(\\w+)\\s*(?:/[*/].*)?", Pattern.DOTALL);
    private static final Pattern DEFINITION = Pattern.compile("\\s*#\\s*define\\s+(\\w+)");

    private final String text;
    private final List<CToken> tokens = new ArrayList<>();
    private List<CToken.Comment> comments = new ArrayList<>();
    private final Deque<Condition> conditions = new ArrayDeque<>();
    private int at;
    private int line;
    private int lineStart;
    private int start;
    private int startLine;
    private int startColumn;
    private boolean spaced;
    private boolean lineHasTokens;

    /**
     * An {@code #if} that is not closed yet.
     *
     * @param holds whether what stands in it is compiled; null where that depends on how QEMU is built
     */
    private record Condition(int line, @Nullable Boolean holds) {}

    private CTokens(String text, int firstLine, int firstColumn) {
        this.text = text;
        this.line = firstLine;
        this.lineStart = 1 - firstColumn;
    }

    /**
     * @return the tokens, the last of kind END
     * @throws UnreadableTableException if a comment, literal or {@code #if} is not closed
     */
    static List<CToken> of(String text) {
        return of(text, 1, 1);
    }

    static List<CToken> of(String text, int firstLine, int firstColumn) {
        CTokens source = new CTokens(text, firstLine, firstColumn);
        source.split();
        return List.copyOf(source.tokens);
    }

    private void split() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                lineHasTokens = false;
                spaced = true;
                next();
            } else if (Character.isWhitespace(c) || c == '\\' && atLineEnd(at + 1)) {
                spaced = true;
                next();
            } else {
                token(c);
            }
        }
        begin();
        if (!conditions.isEmpty()) {
            throw neverClosed(conditions.getLast().line());
        }
        add(CToken.Kind.END, "");
    }

    private void token(char c) {
        begin();
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            if (end < 0) {
                throw refused("this comment is never closed: */ is missing");
            }
            comment(end + 2);
        } else if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            comment(end < 0 ? text.length() : end);
        } else if (c == '#' && !lineHasTokens) {
            directive();
        } else if (Character.isLetter(c) || c == '_') {
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                next();
            }
            add(CToken.Kind.IDENTIFIER, text.substring(start, at));
        } else if (c >= '0' && c <= '9') {
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at))
                            || text.charAt(at) == '.'
                            || text.charAt(at) == '_')) {
                next();
            }
            add(CToken.Kind.NUMBER, text.substring(start, at));
        } else if (c == '"') {
            add(CToken.Kind.STRING, literal('"'));
        } else if (c == '\'') {
            add(CToken.Kind.CHARACTER, literal('\''));
        } else {
            next();
            if (c == '-' && at < text.length() && text.charAt(at) == '>') {
                next();
            }
            add(CToken.Kind.PUNCTUATOR, text.substring(start, at));
        }
    }

    private String literal(char quote) {
        next();
        StringBuilder content = new StringBuilder();
        while (true) {
            if (at >= text.length() || text.charAt(at) == '\n') {
                throw refused("this literal is never closed: " + quote + " is missing");
            }
            char c = text.charAt(at);
            next();
            if (c == quote) {
                return content.toString();
            }
            if (c != '\\') {
                content.append(c);
            } else if (at < text.length()) {
                char escaped = text.charAt(at);
                next();
                // Escapes other than these occur in no property's value and need not be told apart.
                switch (escaped) {
                    case '\n' -> {}
                    case 'n' -> content.append('\n');
                    case 't' -> content.append('\t');
                    default -> content.append(escaped);
                }
            }
        }
    }

    private void comment(int end) {
        boolean isBlock = text.startsWith("/*", start);
        String inside = text.substring(start + 2, isBlock ? end - 2 : end);
        while (at < end) {
            next();
        }
        String cleaned = inside.lines()
                .map(CTokens::withoutAsterisk)
                .collect(Collectors.joining("\n"))
                .strip();
        comments.add(new CToken.Comment(cleaned, startLine, line));
        spaced = true;
    }

    private static String withoutAsterisk(String commentLine) {
        String stripped = commentLine.strip();
        if (stripped.startsWith("*")) {
            String rest = stripped.substring(1);
            return (rest.startsWith(" ") ? rest.substring(1) : rest).stripTrailing();
        }
        return stripped;
    }

    private void directive() {
        skipDirective();
        String directive = text.substring(start, at);
        String name = directive.substring(1).strip();
        if (name.startsWith("if")) {
            conditions.addLast(new Condition(startLine, holds(name)));
            if (Objects.equals(conditions.getLast().holds(), false)) {
                skip(true);
            }
        } else if (name.startsWith("el")) {
            if (conditions.isEmpty()) {
                throw refused("this #else has no #if");
            }
            if (Objects.equals(conditions.getLast().holds(), true)) {
                skip(false);
            }
        } else if (name.startsWith("endif")) {
            if (conditions.pollLast() == null) {
                throw refused("this #endif has no #if");
            }
        }
        add(CToken.Kind.DIRECTIVE, directive);
        lineHasTokens = false;
    }

    /** To the end of the line, or of those that backslashes join; a comment may go over several lines. */
    private void skipDirective() {
        while (at < text.length() && text.charAt(at) != '\n') {
            if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                int stop = end < 0 ? text.length() : end + 2;
                while (at < stop) {
                    next();
                }
            } else {
                boolean joins = text.charAt(at) == '\\' && atLineEnd(at + 1);
                next();
                while (joins && at < text.length()) {
                    joins = text.charAt(at) != '\n';
                    next();
                }
            }
        }
    }

    /** Whether the condition of an {@code #if} holds, as far as the text tells. */
    private @Nullable Boolean holds(String directive) {
        Matcher constant = CONSTANT_CONDITION.matcher(directive);
        if (constant.matches()) {
            return !constant.group(1).equals("0");
        }
        Matcher absent = ABSENT_MACRO.matcher(directive);
        if (!absent.matches()) {
            return null;
        }
        // A header's guard, if the very next line defines the name.
        Matcher guard = DEFINITION.matcher(text).region(at, text.length());
        return guard.lookingAt() && guard.group(1).equals(absent.group(1)) ? true : null;
    }

    /**
     * From a branch that is not compiled to the {@code #endif}.
     *
     * @param orElse whether a further branch may be compiled, and ends the skipping
     */
    private void skip(boolean orElse) {
        int ifLine = conditions.removeLast().line();
        int depth = 1;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            String skipped = text.substring(at, end < 0 ? text.length() : end).strip();
            String name = skipped.startsWith("#") ? skipped.substring(1).strip() : "";
            if (name.startsWith("if")) {
                depth++;
            } else if (name.startsWith("endif")) {
                depth--;
            } else if (depth == 1 && orElse && name.startsWith("el")) {
                conditions.addLast(new Condition(ifLine, name.startsWith("else") ? true : null));
                depth = 0;
            }
            int stop = end < 0 ? text.length() : end + (depth == 0 ? 0 : 1);
            while (at < stop) {
                next();
            }
            if (depth == 0) {
                return;
            }
        }
        throw neverClosed(ifLine);
    }

    private static UnreadableTableException neverClosed(int line) {
        return new UnreadableTableException(line, 1, "this #if is never closed: an #endif is missing");
    }

    private boolean atLineEnd(int position) {
        return text.startsWith("\n", position) || text.startsWith("\r\n", position);
    }

    private void begin() {
        start = at;
        startLine = line;
        startColumn = at - lineStart + 1;
    }

    private void add(CToken.Kind kind, String content) {
        tokens.add(new CToken(kind, content, startLine, startColumn, line, spaced, isConditional(), comments));
        comments = new ArrayList<>();
        spaced = false;
        lineHasTokens = true;
    }

    private boolean isConditional() {
        return conditions.stream().anyMatch(condition -> condition.holds() == null);
    }

    private void next() {
        if (text.charAt(at) == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }

    private UnreadableTableException refused(String message) {
        return new UnreadableTableException(startLine, startColumn, message);
    }
}
