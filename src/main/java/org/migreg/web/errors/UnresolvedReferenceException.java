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

    String field() {
        return field;
    }

    String rejectedValue() {
        return rejectedValue;
    }
}
