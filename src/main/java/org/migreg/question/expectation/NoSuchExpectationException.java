package org.migreg.question.expectation;

/** An expectation was asked for that is not there. */
public final class NoSuchExpectationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long id;

    public NoSuchExpectationException(long id) {
        super("there is no expectation " + id + ": list those that are under /api/v1/expectations");
        this.id = id;
    }

    public long id() {
        return id;
    }
}
