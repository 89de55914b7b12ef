package org.migreg.web.errors;

/** A request's body names something that does not exist. */
public final class UnresolvedReferenceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String rejectedValue;

    public UnresolvedReferenceException(String field, String rejectedValue, String message) {
        super(message);
        this.field = field;
        this.rejectedValue = rejectedValue;
    }

    /** @param unknown says in its message what does not exist */
    public UnresolvedReferenceException(String field, String rejectedValue, RuntimeException unknown) {
        this(field, rejectedValue, String.valueOf(unknown.getMessage()));
    }

    String field() {
        return field;
    }

    String rejectedValue() {
        return rejectedValue;
    }
}
