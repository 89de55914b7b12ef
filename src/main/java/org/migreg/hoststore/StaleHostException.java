package org.migreg.hoststore;

/** Somebody changed the host since the editor read it. */
public final class StaleHostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long expected;

    StaleHostException(HostName name, long expected, long actual) {
        super(
                actual == 0
                        ? "the host " + name
                                + " does not exist, but this edit expects one: leave If-Match out to add it"
                        : "the host " + name + " was last changed by revision " + actual
                                + ", but this edit expects revision " + expected
                                + ": read it again and redo the edit");
        this.expected = expected;
    }

    /** The version that the editor had; -1 for any. */
    public long expected() {
        return expected;
    }
}
