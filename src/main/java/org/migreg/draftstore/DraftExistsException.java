package org.migreg.draftstore;

/** A draft was to be made under a name that is taken. */
public final class DraftExistsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    DraftExistsException(DraftName name) {
        super("there is a draft " + name + " already: change that one, or choose another name");
        this.name = name.text();
    }

    public String name() {
        return name;
    }
}
