package org.migreg.revision;

/** A revision was asked for that has not been written. */
public final class NoSuchRevisionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long number;
    private final long latest;

    /** @param latest the newest revision that there is; 0 where there is none */
    public NoSuchRevisionException(long number, long latest) {
        super("there is no revision " + number + ": "
                + (latest == 0 ? "nothing has been written yet" : "there are revisions 1 to " + latest));
        this.number = number;
        this.latest = latest;
    }

    public long number() {
        return number;
    }

    public long latest() {
        return latest;
    }
}
