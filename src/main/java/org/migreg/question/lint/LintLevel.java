package org.migreg.question.lint;

import java.util.Locale;
import org.migreg.register.Text;

/** How heavy a finding is, the heaviest first; {@link #OFF} keeps a rule silent. */
public enum LintLevel {
    ERROR,
    WARNING,
    INFO,
    OFF;

    /**
     * Reads {@code error}, {@code warning}, {@code info} or {@code off}, in any case.
     *
     * @throws IllegalArgumentException naming the four
     */
    public static LintLevel parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "error" -> ERROR;
            case "warning" -> WARNING;
            case "info" -> INFO;
            case "off" -> OFF;
            default ->
                throw new IllegalArgumentException(
                        "'" + Text.shortened(text) + "' is not a level: write error, warning, info or off");
        };
    }
}
