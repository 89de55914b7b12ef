package org.migreg.contract;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.migreg.register.Text;

/** A field of a request has a value that is not allowed: which one, what stood there, what would be right. */
public final class InvalidFieldException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_SHOWN = 200;

    private final String field;
    private final @Nullable String rejectedValue;

    public InvalidFieldException(String field, @Nullable Object rejectedValue, String message) {
        super(message);
        this.field = field;
        this.rejectedValue = rejectedValue == null ? null : Text.shortened(rejectedValue.toString(), LONGEST_SHOWN);
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

    public String field() {
        return field;
    }

    public @Nullable String rejectedValue() {
        return rejectedValue;
    }
}
