package org.migreg.policy.change;

import java.util.List;
import org.migreg.history.ExpectedVersion;

/**
 * An edit as the store takes it.
 *
 * @param expected of the machine type or entry that is edited: its version is the number of the revision that last
 *     changed it, 0 where an earlier edit of the same change did
 */
public record VersionedEdit(TableEdit edit, ExpectedVersion expected) {

    public VersionedEdit {
        if (edit instanceof TableEdit.AddEntry && !expected.isMetBy(null)) {
            throw new IllegalArgumentException("an entry that is added has no version to expect");
        }
    }

    /** The edits, whatever versions there are. */
    public static List<VersionedEdit> unconditional(List<? extends TableEdit> edits) {
        return edits.stream().map(edit -> edit.expecting(ExpectedVersion.any())).toList();
    }
}
