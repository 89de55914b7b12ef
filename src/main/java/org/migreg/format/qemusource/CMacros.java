package org.migreg.format.qemusource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The object-like macros that a source defines, each for the whole source. */
final class CMacros {

    private static final Pattern DEFINE =
            Pattern.compile("#\\s*define\\s+([A-Za-z_][A-Za-z0-9_]*)(?![A-Za-z0-9_(])(.*)", Pattern.DOTALL);
    private static final int MOST_TOKENS = 100_000;

    /**
     * @param comments those before the definition
     */
    record Macro(List<CToken> replacement, List<CToken.Comment> comments) {}

    private final Map<String, Macro> macros = new HashMap<>();

    CMacros(List<CToken> tokens) {
        for (CToken token : tokens) {
            if (token.kind() == CToken.Kind.DIRECTIVE) {
                Matcher define = DEFINE.matcher(token.text());
                if (define.matches()) {
                    List<CToken> replacement =
                            CTokens.of(define.group(2), token.line(), token.column() + define.start(2));
                    macros.put(
                            define.group(1),
                            new Macro(replacement.subList(0, replacement.size() - 1), token.comments()));
                }
            }
        }
    }

    @Nullable
    Macro find(String name) {
        return macros.get(name);
    }

    /** The tokens with every macro replaced; a replacement stands where the macro stood. */
    List<CToken> expand(List<CToken> tokens) {
        List<CToken> expanded = new ArrayList<>();
        expand(tokens, null, new HashSet<>(), expanded);
        return expanded;
    }

    private void expand(List<CToken> tokens, @Nullable CToken place, Set<String> active, List<CToken> expanded) {
        for (CToken token : tokens) {
            CToken here = place == null ? token : place;
            Macro macro = token.isIdentifier() ? macros.get(token.text()) : null;
            if (macro != null && active.add(token.text())) {
                expand(macro.replacement(), here, active, expanded);
                active.remove(token.text());
            } else {
                expanded.add(
                        place == null
                                ? token
                                : new CToken(
                                        token.kind(),
                                        token.text(),
                                        place.line(),
                                        place.column(),
                                        place.lastLine(),
                                        token.spaced(),
                                        place.conditional(),
                                        List.of()));
                if (expanded.size() > MOST_TOKENS) {
                    throw here.refused("the macros here grow beyond 100,000 tokens");
                }
            }
        }
    }
}
