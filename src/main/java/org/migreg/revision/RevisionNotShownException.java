package org.migreg.revision;

/** Something newer is asked for than this process has seen within its patience. */
public final class RevisionNotShownException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RevisionNotShownException(long wanted, long shown) {
        super("revision " + wanted + " is not there yet: this instance shows what was written up to revision " + shown
                + "; try again, or ask without a least revision");
    }
}
