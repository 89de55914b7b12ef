package org.migreg.draftstore;

/** A draft was asked for that is not there. */
public final class NoSuchDraftException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    public NoSuchDraftException(DraftName name) {
        super("there is no draft " + name + ": list those that are under /api/v1/drafts");
        this.name = name.text();
    }

    public String name() {
        return name;
    }
}
