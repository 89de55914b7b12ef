package org.migreg.revision;

/** Somebody changed the thing since the editor read it. */
public final class StaleVersionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long expected;
    private final long actual;

    /**
     * @param state what there is by now, such as "the host a was last changed by revision 7"
     * @param expected the version that the editor had; negative for any
     * @param actual the version that there is; 0 where the thing is not there
     */
    public StaleVersionException(String state, long expected, long actual) {
        super(state + ", but this edit expects " + (expected < 0 ? "one" : "version " + expected)
                + ": read it again and redo the edit");
        this.expected = expected;
        this.actual = actual;
    }

    /** The version that the editor had; negative for any. */
    public long expected() {
        return expected;
    }

    /** The version that there is; 0 where the thing is not there. */
    public long actual() {
        return actual;
    }
}
