package org.migreg.dashboard.tables;

import org.jspecify.annotations.Nullable;

/** The reason that every write states. */
public final class Reasons {

    private static final int LONGEST = 2000;

    private Reasons() {}

    /** What is wrong with it, or null. */
    public static @Nullable String problem(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            return "Say why, for the next person.";
        }
        int length = reason.strip().length();
        return length > LONGEST ? "A reason has at most 2,000 characters; this one has " + length + "." : null;
    }
}
