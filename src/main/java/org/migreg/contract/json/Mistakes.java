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

    /** Where in a body, as a path for people and as a JSON Pointer. */
    record Place(String field, String pointer) {

        static final Place BODY = new Place("", "");

        Place field(String name) {
            return new Place(
                    field.isEmpty() ? name : field + "." + name,
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
        }

        Place item(int index) {
            return new Place(field + "[" + index + "]", pointer + "/" + index);
        }

        @Override
        public String toString() {
            return field.isEmpty() ? "body" : field;
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
            refused.errors().forEach(error -> add(error.below(at.field(), at.pointer())));
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
