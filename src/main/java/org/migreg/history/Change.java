package org.migreg.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one revision did to one thing.
 *
 * @param key the machine type's name, the entry's number, the capture's id, the host's name, or the expectation's number
 * @param before the thing as JSON on one line, its members always in the same order; null when it did not exist
 * @param after the same for what came of it; null when it ceased to exist
 */
public record Change(
        Subject subject,
        String key,
        @Nullable String before,
        @Nullable String after) {

    /** The kinds of things that revisions change. */
    public enum Subject {
        MACHINE_TYPE,
        ENTRY,
        CAPTURE,
        HOST,
        EXPECTATION
    }

    /** What became of a thing. */
    public enum Action {
        ADDED,
        CHANGED,
        REMOVED;

        /** @param before null where the thing was not there; the same of what came of it */
        public static Action of(@Nullable Object before, @Nullable Object after) {
            return before == null ? ADDED : after == null ? REMOVED : CHANGED;
        }

        /** In lower case, as sentences have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Change {
        if (before == null && after == null) {
            throw new IllegalArgumentException(subject + " " + key + " exists neither before nor after the change");
        }
    }

    public Action action() {
        return Action.of(before, after);
    }
}
