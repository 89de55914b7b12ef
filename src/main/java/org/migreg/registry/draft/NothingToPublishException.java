package org.migreg.registry.draft;

import org.migreg.draftstore.DraftName;

/** A draft was to be published that changes nothing of the newest tables. */
public final class NothingToPublishException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NothingToPublishException(DraftName name) {
        super("the draft " + name + " changes nothing of the newest tables: give it edits, or delete it");
    }
}
