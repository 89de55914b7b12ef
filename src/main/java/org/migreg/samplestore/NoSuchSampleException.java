package org.migreg.samplestore;

/** A sample was asked for that is not there. */
public final class NoSuchSampleException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long id;

    public NoSuchSampleException(long id) {
        super("there is no unread sample " + id + ": list those that are under /api/v1/unread-samples");
        this.id = id;
    }

    public long id() {
        return id;
    }
}
