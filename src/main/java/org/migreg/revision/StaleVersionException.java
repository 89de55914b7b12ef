package org.migreg.revision;

import org.migreg.history.ExpectedVersion;

/** Somebody changed the thing since the editor read it. */
public final class StaleVersionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // Never serialized; RuntimeException only says it could be.
    private final transient ExpectedVersion expected;

    private final long actual;

    /**
     * @param state what there is by now, such as "the host a was last changed by revision 7"
     * @param expected what the editor expected to find
     * @param actual the version that there is; 0 where the thing is not there
     */
    public StaleVersionException(String state, ExpectedVersion expected, long actual) {
        super(state + ", but this edit expects " + expected + ": read it again and redo the edit");
        this.expected = expected;
        this.actual = actual;
    }

    public ExpectedVersion expected() {
        return expected;
    }

    /** The version that there is; 0 where the thing is not there. */
    public long actual() {
        return actual;
    }
}
