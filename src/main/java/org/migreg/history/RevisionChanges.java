package org.migreg.history;

import java.util.List;

/**
 * A revision and all that it changed.
 *
 * @param changes by subject, then by key: names in reading order, entries by number, captures by id, hosts by name
 */
public record RevisionChanges(Revision revision, List<Change> changes) {

    public RevisionChanges {
        changes = List.copyOf(changes);
    }
}
