package org.migreg.dashboard.tables;

import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.history.Revision;
import org.migreg.registry.publication.TablePublication;

/** The reason that every write states. */
public final class Reasons {

    private Reasons() {}

    /** Why expectations may be broken, or null where nobody says that they may. */
    public static @Nullable String override(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String why = text.strip();
        if (why.length() > TablePublication.LONGEST_OVERRIDE) {
            throw new InvalidFieldException("override", why, "an override has at most 1,000 characters");
        }
        return why;
    }

    /** What is wrong with it, or null. */
    public static @Nullable String problem(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            return "Say why, for the next person.";
        }
        int length = reason.strip().length();
        return length > Revision.LONGEST_REASON
                ? "A reason has at most 2,000 characters; this one has " + length + "."
                : null;
    }
}
