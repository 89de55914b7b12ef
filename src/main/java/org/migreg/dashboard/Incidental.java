package org.migreg.dashboard;

import java.util.function.Supplier;
import org.migreg.revision.DatabaseUnavailableException;

/** What a page shows besides, and can do without while the database does not answer. */
public final class Incidental {

    private Incidental() {}

    /** What was asked for, or the other where the database does not answer. */
    public static <T> T or(T other, Supplier<T> asked) {
        try {
            return asked.get();
        } catch (RuntimeException problem) {
            if (DatabaseUnavailableException.in(problem).isEmpty()) {
                throw problem;
            }
            return other;
        }
    }
}
