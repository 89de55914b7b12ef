package org.migreg.registry.history;

import org.migreg.history.Revision;

/** A revision was to be undone that changed no table, or of which nothing is left to undo. */
public final class NotRevertibleException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private NotRevertibleException(String message) {
        super(message);
    }

    static NotRevertibleException noTables(Revision revision) {
        return new NotRevertibleException("revision " + revision.number() + " changed no tables but " + revision.kind()
                + ": only changes of the tables can be undone");
    }

    static NotRevertibleException nothingLeft(Revision revision) {
        return new NotRevertibleException(
                "nothing of revision " + revision.number() + " is left to undo: all that it changed is as before it");
    }
}
