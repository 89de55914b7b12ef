package org.migreg.api;

/** A request's body names something that does not exist. */
final class UnresolvedReferenceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String rejectedValue;

    UnresolvedReferenceException(String field, String rejectedValue, String message) {
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
