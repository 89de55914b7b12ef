package org.migreg.policystore;

/** Somebody changed the thing since the editor read it. */
public final class StaleVersionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long expected;
    private final long actual;

    StaleVersionException(String thing, long expected, long actual) {
        super(thing + " was last changed by revision " + actual + ", but this edit expects revision " + expected
                + ": read it again and redo the edit");
        this.expected = expected;
        this.actual = actual;
    }

    /** The version that the editor had. */
    public long expected() {
        return expected;
    }

    /** The version that is there. */
    public long actual() {
        return actual;
    }
}
