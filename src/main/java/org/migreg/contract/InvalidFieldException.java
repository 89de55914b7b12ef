package org.migreg.contract;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fields of a request have values that are not allowed: which ones, what stood there, what would be right. */
public final class InvalidFieldException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<FieldError> errors;

    /** @param errors one at least */
    public InvalidFieldException(List<FieldError> errors) {
        super(errors.getFirst().detail());
        this.errors = List.copyOf(errors);
    }

    public InvalidFieldException(String field, @Nullable Object rejectedValue, String message) {
        this(List.of(new FieldError(field, null, Objects.toString(rejectedValue, null), message)));
    }

    /** Runs a reader of a domain value; what it refuses becomes a problem of this field. */
    public static <T> T reading(String field, @Nullable Object given, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException refused) {
            throw new InvalidFieldException(field, given, String.valueOf(refused.getMessage()));
        }
    }

    /** The value, which must be there. */
    public static <T> T required(String field, @Nullable T given, String whatBelongsThere) {
        if (given == null) {
            throw new InvalidFieldException(field, null, "'" + field + "' is missing: give " + whatBelongsThere);
        }
        return given;
    }

    /** The same of a body that is a part of another one. */
    public InvalidFieldException below(String field) {
        return new InvalidFieldException(
                errors.stream().map(error -> error.below(field, "/" + field)).toList());
    }

    /** All that is wrong, as far as it can be found at once; the first is what the other accessors speak of. */
    public List<FieldError> errors() {
        return errors;
    }

    public String field() {
        return errors.getFirst().field();
    }
}
