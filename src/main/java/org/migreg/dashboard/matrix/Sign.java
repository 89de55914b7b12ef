package org.migreg.dashboard.matrix;

import org.migreg.evaluation.Verdict;

/**
 * How a verdict is shown: by a sign, a word and a colour, so that none of the three is needed alone. The
 * colours are of the palette of Okabe and Ito, which colour-blind people tell apart.
 */
public enum Sign {
    COMPATIBLE(Verdict.COMPATIBLE, "y", "✓", "migrates", "#8fd9c0"),
    WARNINGS(Verdict.COMPATIBLE_WITH_WARNINGS, "w", "!", "migrates with warnings", "#cfe8a9"),
    UNSAFE(Verdict.UNSAFE, "u", "‼", "loads, and loses state", "#f5c16c"),
    INCOMPATIBLE(Verdict.INCOMPATIBLE, "n", "✗", "fails", "#f0a58a"),
    UNKNOWN(Verdict.UNKNOWN, "q", "?", "not known", "#d0d0d8");

    private final Verdict verdict;
    private final String style;
    private final String mark;
    private final String words;
    private final String colour;

    Sign(Verdict verdict, String style, String mark, String words, String colour) {
        this.verdict = verdict;
        this.style = style;
        this.mark = mark;
        this.words = words;
        this.colour = colour;
    }

    public static Sign of(Verdict verdict) {
        return switch (verdict) {
            case COMPATIBLE -> COMPATIBLE;
            case COMPATIBLE_WITH_WARNINGS -> WARNINGS;
            case UNSAFE -> UNSAFE;
            case INCOMPATIBLE -> INCOMPATIBLE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    public Verdict verdict() {
        return verdict;
    }

    /** The name of its style in the style sheet. */
    public String style() {
        return style;
    }

    public String mark() {
        return mark;
    }

    /** What it means, to stand after "the guest". */
    public String words() {
        return words;
    }

    /** Background for black text, in pictures, which have no style sheet. */
    public String colour() {
        return colour;
    }
}
