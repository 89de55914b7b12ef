package org.migreg.registry.publication;

/** Somebody writes what is none of his: a machine type or host outside those that his account names. */
public final class OutOfScopeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String name;

    /**
     * @param field what of the request names it
     * @param name of the machine type or host
     */
    public OutOfScopeException(String field, String name, String message) {
        super(message);
        this.field = field;
        this.name = name;
    }

    public String field() {
        return field;
    }

    public String name() {
        return name;
    }
}
