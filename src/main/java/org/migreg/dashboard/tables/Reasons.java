package org.migreg.dashboard.tables;

import org.jspecify.annotations.Nullable;

/** The reason that every write states. */
public final class Reasons {

    private static final int LONGEST = 2000;

    private Reasons() {}

    /** Why expectations may be broken, or null where nobody says that they may. */
    public static @Nullable String override(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** What is wrong with it, or null. */
    public static @Nullable String problem(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            return "Say why, for the next person.";
        }
        int length = reason.strip().length();
        return length > LONGEST ? "A reason has at most 2,000 characters; this one has " + length + "." : null;
    }
}
