package org.migreg.draftstore;

import java.util.List;
import org.migreg.policy.change.TableEdit;

/**
 * What a draft says.
 *
 * @param description what it is for; at most 2,000 characters
 * @param baseRevision the revision of the tables that the edits were made for; 0 before the first
 * @param edits at most {@value #MOST_EDITS}
 */
public record DraftContent(String description, long baseRevision, List<TableEdit> edits) {

    public static final int LONGEST_DESCRIPTION = 2000;
    public static final int MOST_EDITS = 20_000;

    public DraftContent {
        edits = List.copyOf(edits);
        if (description.length() > LONGEST_DESCRIPTION) {
            throw new IllegalArgumentException(
                    "a draft's description has at most 2,000 characters; this one has " + description.length());
        }
        if (baseRevision < 0) {
            throw new IllegalArgumentException("revisions count from 1; this base is " + baseRevision);
        }
        if (edits.size() > MOST_EDITS) {
            throw new IllegalArgumentException("a draft has at most 20,000 edits; these are " + edits.size());
        }
    }
}
