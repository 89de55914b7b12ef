package org.migreg.draftstore;

/** Somebody changed the draft since the editor read it. */
public final class StaleDraftException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long expected;

    public StaleDraftException(DraftName name, long expected, long actual) {
        super("the draft " + name + " is at version " + actual + ", but this edit expects version " + expected
                + ": read it again and redo the edit");
        this.expected = expected;
    }

    /** The version that the editor had. */
    public long expected() {
        return expected;
    }
}
