package org.migreg.history;

import org.jspecify.annotations.Nullable;

/** What a writer expects to find, so that nobody overwrites what they have not seen. */
public sealed interface ExpectedVersion {

    /** Anything, or nothing: the last write wins. */
    static ExpectedVersion any() {
        return Unversioned.ANY;
    }

    /** The thing, whatever its version. */
    static ExpectedVersion present() {
        return Unversioned.PRESENT;
    }

    /** Nothing: the thing is to be new. */
    static ExpectedVersion absent() {
        return Unversioned.ABSENT;
    }

    static ExpectedVersion of(long version) {
        return new Exactly(version);
    }

    /** What can be expected without a version. */
    enum Unversioned implements ExpectedVersion {
        ANY("anything"),
        PRESENT("one"),
        ABSENT("none");

        private final String text;

        Unversioned(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
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
            case Unversioned.ANY -> true;
            case Unversioned.PRESENT -> actual != null;
            case Unversioned.ABSENT -> actual == null;
            case Exactly(long version) -> actual != null && actual == version;
        };
    }
}
