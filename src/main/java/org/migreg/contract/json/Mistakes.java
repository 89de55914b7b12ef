package org.migreg.contract.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.FieldError;
import org.migreg.contract.InvalidFieldException;

/** What is wrong with a body, in the order in which it was found. */
final class Mistakes {

    /** More are no help, and take memory. */
    static final int MOST = 100;

    /**
     * Where in a body; what it is called is put together only where something is wrong.
     *
     * @param within null for the body itself
     * @param name of a field; null for an item of a list
     */
    record Place(@Nullable Place within, @Nullable String name, int index) {

        static final Place BODY = new Place(null, null, 0);

        Place field(String named) {
            return new Place(this, named, 0);
        }

        Place item(int at) {
            return new Place(this, null, at);
        }

        /** As a path for people. */
        String path() {
            if (within == null) {
                return "";
            }
            String before = within.path();
            return name == null ? before + "[" + index + "]" : before.isEmpty() ? name : before + "." + name;
        }

        /** As a JSON Pointer. */
        String pointer() {
            return within == null
                    ? ""
                    : within.pointer() + "/"
                            + (name == null ? index : name.replace("~", "~0").replace("/", "~1"));
        }

        @Override
        public String toString() {
            return within == null ? "body" : path();
        }
    }

    private final List<FieldError> found = new ArrayList<>();

    int count() {
        return found.size();
    }

    void add(Place at, @Nullable Object rejected, String detail) {
        add(new FieldError(at.toString(), at.pointer(), rejected == null ? null : rejected.toString(), detail));
    }

    private void add(FieldError error) {
        found.add(error);
        if (found.size() >= MOST) {
            throwIfAny();
        }
    }

    /** Runs a reader of a domain value; null where it refuses. */
    <T> @Nullable T reading(Place at, @Nullable Object given, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (InvalidFieldException refused) {
            refused.errors().forEach(error -> add(error.below(at.path(), at.pointer())));
        } catch (IllegalArgumentException refused) {
            add(at, given, String.valueOf(refused.getMessage()));
        }
        return null;
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidFieldException(found);
        }
    }
}
