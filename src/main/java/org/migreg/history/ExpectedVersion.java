package org.migreg.history;

import org.jspecify.annotations.Nullable;

/** What a writer expects to find, so that nobody overwrites what they have not seen. */
public sealed interface ExpectedVersion {

    /** Anything, or nothing: the last write wins. */
    ExpectedVersion ANY = new Any();

    /** The thing, whatever its version. */
    ExpectedVersion PRESENT = new Present();

    /** Nothing: the thing is to be new. */
    ExpectedVersion ABSENT = new Absent();

    static ExpectedVersion of(long version) {
        return new Exactly(version);
    }

    record Any() implements ExpectedVersion {
        @Override
        public String toString() {
            return "anything";
        }
    }

    record Present() implements ExpectedVersion {
        @Override
        public String toString() {
            return "one";
        }
    }

    record Absent() implements ExpectedVersion {
        @Override
        public String toString() {
            return "none";
        }
    }

    /** The version that the writer has read. */
    record Exactly(long version) implements ExpectedVersion {
        @Override
        public String toString() {
            return "version " + version;
        }
    }

    /** @param actual the version that there is; null where the thing is not there */
    default boolean isMetBy(@Nullable Long actual) {
        return switch (this) {
            case Any() -> true;
            case Present() -> actual != null;
            case Absent() -> actual == null;
            case Exactly(long version) -> actual != null && actual == version;
        };
    }
}
