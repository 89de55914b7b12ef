package org.migreg.expectationstore;

/** Somebody changed the expectation since the editor read it. */
public final class StaleExpectationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long expected;

    StaleExpectationException(long id, long expected, long actual) {
        super("expectation " + id + " was last changed by revision " + actual + ", but this edit expects revision "
                + expected + ": read it again and redo the edit");
        this.expected = expected;
    }

    /** The version that the editor had. */
    public long expected() {
        return expected;
    }
}
