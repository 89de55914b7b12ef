package org.migreg.format.qemusource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.exchange.PropertyValue;
import org.migreg.policy.exchange.UnreadableTableException;

/** What a C source has of interest: arrays that set the compat properties, and functions that add arrays. */
final class CSource {

    /**
     * One element of an array that sets a compat property.
     *
     * @param comments what was written about it, the array's comment first
     */
    record Setting(CToken place, CompatProperty property, PropertyValue value, List<String> comments) {}

    record PropertyArray(CToken place, String name, List<Setting> settings) {}

    /** A call of {@code compat_props_add()}. */
    record Addition(CToken place, String array, boolean always) {}

    /**
     * @param calls other functions that it calls with one argument
     */
    record Function(CToken place, String name, List<CToken> calls, List<Addition> additions) {}

    private static final String CPU_TYPE = "TYPE_ARM_CPU";
    private static final String CPU_DRIVER = "arm-cpu";

    private final List<CToken> tokens;
    private final CMacros macros;
    private final Map<String, PropertyArray> arrays = new LinkedHashMap<>();
    private final Map<String, Function> functions = new LinkedHashMap<>();

    private CSource(List<CToken> tokens) {
        this.tokens = tokens;
        this.macros = new CMacros(tokens);
    }

    /**
     * @throws UnreadableTableException where the text is not understood, as far as it concerns the compat
     *     properties
     */
    static CSource parse(String text) {
        CSource source = new CSource(CTokens.of(text));
        source.topLevel();
        return source;
    }

    Map<String, PropertyArray> arrays() {
        return arrays;
    }

    Map<String, Function> functions() {
        return functions;
    }

    private CToken token(int index) {
        return tokens.get(Math.min(index, tokens.size() - 1));
    }

    private void topLevel() {
        int at = 0;
        int declaration = 0;
        while (token(at).kind() != CToken.Kind.END) {
            CToken token = token(at);
            if (token.kind() == CToken.Kind.DIRECTIVE || token.is(";")) {
                at++;
                declaration = at;
            } else if (token.isIdentifier("GlobalProperty")
                    && token(at + 1).isIdentifier()
                    && token(at + 2).is("[")) {
                at = array(at, declaration);
            } else if (token.isIdentifier() && token(at + 1).is("(")) {
                int afterArguments = close(at + 1) + 1;
                if (token(afterArguments).is("{")) {
                    int end = close(afterArguments);
                    function(token, afterArguments + 1, end);
                    afterArguments = end + 1;
                    declaration = afterArguments;
                }
                at = afterArguments;
            } else if (token.is("{") || token.is("(") || token.is("[")) {
                at = close(at) + 1;
            } else if (token.is("}") || token.is(")") || token.is("]")) {
                throw token.refused("this '" + token.text() + "' closes nothing");
            } else {
                at++;
            }
        }
    }

    /** The index of what closes the bracket at this index. */
    private int close(int open) {
        List<CToken> opened = new ArrayList<>();
        for (int i = open; token(i).kind() != CToken.Kind.END; i++) {
            CToken token = token(i);
            if (token.is("{") || token.is("(") || token.is("[")) {
                opened.add(token);
            } else if (token.is("}") || token.is(")") || token.is("]")) {
                CToken last = opened.removeLast();
                if ("({[".indexOf(last.text()) != ")}]".indexOf(token.text())) {
                    throw token.refused("this '" + token.text() + "' does not close the '" + last.text() + "' of line "
                            + last.line() + ", column " + last.column());
                }
                if (opened.isEmpty()) {
                    return i;
                }
            }
        }
        throw token(open).refused("this '" + token(open).text() + "' is never closed");
    }

    private int array(int at, int declaration) {
        CToken name = token(at + 1);
        int open = close(at + 2) + 1;
        if (!token(open).is("=") || !token(open + 1).is("{")) {
            return open;
        }
        open++;
        int end = close(open);
        List<String> arrayComment = new ArrayList<>();
        adjacent(token(declaration), arrayComment);
        List<Setting> settings = new ArrayList<>();
        for (int from = open + 1; from < end; ) {
            int to = endOfElement(from, end);
            elements(from, to, end, arrayComment, settings);
            from = to + 1;
        }
        if (arrays.putIfAbsent(name.text(), new PropertyArray(name, name.text(), List.copyOf(settings))) != null) {
            throw name.refused("the array " + name.text() + " is defined twice");
        }
        return end + 1;
    }

    /** The index of the comma that ends the element, or of the end. */
    private int endOfElement(int from, int end) {
        int at = from;
        while (at < end && !token(at).is(",")) {
            at = token(at).is("{") || token(at).is("(") || token(at).is("[") ? close(at) + 1 : at + 1;
        }
        return at;
    }

    private void elements(int from, int to, int end, List<String> arrayComment, List<Setting> settings) {
        List<CToken> written = tokens.subList(from, to).stream()
                .filter(token -> token.kind() != CToken.Kind.DIRECTIVE)
                .toList();
        if (written.isEmpty()) {
            return;
        }
        List<String> comments = new ArrayList<>(arrayComment);
        leading(from, comments);
        for (int i = from + 1; i < to; i++) {
            boolean isInTerminator = token(i).is("}") && token(i - 1).is("{");
            if (!isInTerminator) {
                token(i).comments().forEach(comment -> add(comment, comments));
            }
        }
        // What stands behind an element, in its last line, is about it and not about the next.
        int after = Math.min(to + 1, end);
        for (int i = to; i <= after; i++) {
            for (CToken.Comment comment : token(i).comments()) {
                if (comment.line() == token(to - 1).lastLine()) {
                    add(comment, comments);
                }
            }
        }
        for (CToken token : written) {
            CMacros.Macro macro = token.isIdentifier() ? macros.find(token.text()) : null;
            if (macro != null) {
                macro.comments().forEach(comment -> add(comment, comments));
            }
        }
        List<CToken> expanded = macros.expand(written);
        int at = 0;
        while (at < expanded.size()) {
            CToken open = expanded.get(at);
            if (!open.is("{")) {
                throw open.refused("'" + open.text() + "' is not understood in a GlobalProperty array: write"
                        + " { driver, property, value }");
            }
            int close = closeIn(expanded, at);
            Setting setting = setting(open, expanded.subList(at + 1, close), comments);
            if (setting != null) {
                settings.add(setting);
            }
            at = close + 1;
            if (at < expanded.size() && expanded.get(at).is(",")) {
                at++;
            }
        }
    }

    private static int closeIn(List<CToken> list, int open) {
        int close = closing(list, open, "{", "}");
        if (close < 0) {
            throw list.get(open).refused("this '{' is never closed");
        }
        return close;
    }

    /** The index of what closes this bracket, or -1 where the tokens end before. */
    static int closing(List<CToken> list, int open, String opening, String closing) {
        int depth = 0;
        for (int i = open; i < list.size(); i++) {
            if (list.get(i).is(opening)) {
                depth++;
            } else if (list.get(i).is(closing)) {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The compat property that an element sets; null where it sets another. */
    static @Nullable Setting setting(CToken place, List<CToken> inside, List<String> comments) {
        List<List<CToken>> fields = fields(inside);
        List<CToken> driver = List.of();
        List<CToken> property = List.of();
        List<CToken> value = List.of();
        for (int i = 0; i < fields.size(); i++) {
            List<CToken> field = fields.get(i);
            String name = i == 0 ? "driver" : i == 1 ? "property" : i == 2 ? "value" : "optional";
            List<CToken> content = field;
            if (field.size() > 2 && field.get(0).is(".") && field.get(2).is("=")) {
                name = field.get(1).text();
                content = field.subList(3, field.size());
            }
            switch (name) {
                case "driver" -> driver = content;
                case "property" -> property = content;
                case "value" -> value = content;
                default -> {}
            }
        }
        String propertyName = text(property);
        CompatProperty found = null;
        for (CompatProperty known : CompatProperty.values()) {
            if (known.toString().equals(propertyName)) {
                found = known;
            }
        }
        if (found == null) {
            return null;
        }
        if (place.conditional()) {
            throw place.refused(found + " is set between #if and #endif: whether it holds depends on how QEMU is built;"
                    + " leave the other branch out");
        }
        String driverName = text(driver);
        if (!driverName.equals(CPU_DRIVER)) {
            throw place.refused(found + " is set for driver '" + driverName
                    + "', but entries hold for every CPU model: write TYPE_ARM_CPU");
        }
        String valueText = text(value);
        try {
            return new Setting(place, found, PropertyValue.parse(valueText), comments);
        } catch (PropertyValue.MalformedValueException malformed) {
            throw (value.isEmpty() ? place : value.getFirst())
                    .refused("at position " + malformed.position() + " of the value \""
                            + (valueText.length() <= 60 ? valueText : valueText.substring(0, 57) + "...") + "\": "
                            + malformed.problem());
        }
    }

    static List<List<CToken>> fields(List<CToken> inside) {
        List<List<CToken>> fields = new ArrayList<>();
        List<CToken> field = new ArrayList<>();
        int depth = 0;
        for (CToken token : inside) {
            if (token.is("(") || token.is("{") || token.is("[")) {
                depth++;
            } else if (token.is(")") || token.is("}") || token.is("]")) {
                depth--;
            }
            if (depth == 0 && token.is(",")) {
                fields.add(List.copyOf(field));
                field.clear();
            } else {
                field.add(token);
            }
        }
        if (!field.isEmpty()) {
            fields.add(List.copyOf(field));
        }
        return fields;
    }

    /** The text that adjacent string literals and {@code stringify()} make, QEMU's CPU type among them. */
    private static String text(List<CToken> content) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            CToken token = content.get(i);
            if (token.kind() == CToken.Kind.STRING) {
                text.append(token.text());
            } else if (token.isIdentifier("stringify")
                    && i + 1 < content.size()
                    && content.get(i + 1).is("(")) {
                int depth = 1;
                StringBuilder argument = new StringBuilder();
                for (i += 2; i < content.size() && depth > 0; i++) {
                    CToken inside = content.get(i);
                    depth += inside.is("(") ? 1 : inside.is(")") ? -1 : 0;
                    if (depth > 0) {
                        argument.append(inside.spaced() && !argument.isEmpty() ? " " : "")
                                .append(
                                        inside.kind() == CToken.Kind.STRING
                                                ? "\"" + inside.text() + "\""
                                                : inside.text());
                    }
                }
                i--;
                text.append(argument);
            } else if (token.isIdentifier(CPU_TYPE)) {
                text.append(CPU_DRIVER);
            } else if (token.isIdentifier() && token.text().startsWith("TYPE_")) {
                // Some other device's name, which headers define.
                text.append(token.text());
            } else {
                throw token.refused("'" + token.text()
                        + "' is not understood here: write a string, a macro that this source defines as one, or"
                        + " stringify() of a number");
            }
        }
        return text.toString();
    }

    private void function(CToken name, int from, int end) {
        List<CToken> calls = new ArrayList<>();
        List<Addition> additions = new ArrayList<>();
        int depth = 0;
        for (int at = from; at < end; at++) {
            CToken token = token(at);
            if (token.is("{")) {
                depth++;
            } else if (token.is("}")) {
                depth--;
            } else if (token.isIdentifier() && token(at + 1).is("(")) {
                CToken before = token(at - 1);
                boolean always = depth == 0
                        && !token.conditional()
                        && (before.is(";")
                                || before.is("{")
                                || before.is("}")
                                || before.kind() == CToken.Kind.DIRECTIVE);
                int close = close(at + 1);
                if (token.text().equals("compat_props_add")) {
                    List<List<CToken>> arguments = fields(tokens.subList(at + 2, close));
                    if (arguments.size() == 3 && arguments.get(1).size() == 1) {
                        additions.add(
                                new Addition(token, arguments.get(1).getFirst().text(), always));
                    } else {
                        throw token.refused("this call is not understood: write compat_props_add(mc->compat_props,"
                                + " ARRAY, ARRAY_len)");
                    }
                } else if (always && close == at + 3) {
                    calls.add(token);
                }
            }
        }
        functions.put(name.text(), new Function(name, name.text(), List.copyOf(calls), List.copyOf(additions)));
    }

    /** The comments directly above a declaration. */
    private static void adjacent(CToken token, List<String> comments) {
        List<CToken.Comment> above = token.comments();
        int line = token.line();
        int first = above.size();
        while (first > 0 && above.get(first - 1).lastLine() >= line - 1) {
            first--;
            line = above.get(first).line();
        }
        above.subList(first, above.size()).forEach(comment -> add(comment, comments));
    }

    /** The comments before an element, but for those in the last line of what stands before. */
    private void leading(int index, List<String> comments) {
        CToken before = token(index - 1);
        for (CToken.Comment comment : token(index).comments()) {
            if (comment.line() != before.lastLine() || before.is("{")) {
                add(comment, comments);
            }
        }
    }

    private static void add(CToken.Comment comment, List<String> comments) {
        Set<String> known = new LinkedHashSet<>(comments);
        if (!comment.text().isBlank() && !known.contains(comment.text())) {
            comments.add(comment.text());
        }
    }
}
