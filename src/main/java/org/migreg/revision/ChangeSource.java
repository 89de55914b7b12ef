package org.migreg.revision;

import java.util.List;
import org.migreg.history.Change;
import org.migreg.history.RevisionKind;

/** A store that can tell what a revision of its kind changed. */
public interface ChangeSource {

    RevisionKind kind();

    /** What this revision changed, in order; empty for a revision of another kind. */
    List<Change> changes(long revision);
}
