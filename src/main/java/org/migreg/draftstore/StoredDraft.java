package org.migreg.draftstore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.migreg.history.ExpectedVersion;
import org.migreg.revision.StaleVersionException;

/**
 * A draft as the registry has it now.
 *
 * @param version another one after each write, also of a draft of the same name that was deleted
 * @param publishedAs the revision that it became; null while it is open
 */
public record StoredDraft(
        DraftName name,
        long version,
        DraftContent content,
        String createdBy,
        Instant createdAt,
        String changedBy,
        Instant changedAt,
        @Nullable Long publishedAs) {

    public boolean isOpen() {
        return publishedAs == null;
    }

    /**
     * Refuses an editor that saw another version.
     *
     * @throws StaleVersionException when this is another one
     */
    public void requireVersion(ExpectedVersion expected) {
        if (!expected.isMetBy(version)) {
            throw new StaleVersionException("the draft " + name + " is at version " + version, expected, version);
        }
    }
}
