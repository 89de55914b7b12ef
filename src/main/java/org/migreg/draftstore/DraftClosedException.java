package org.migreg.draftstore;

/** A draft was to be changed or published that has been published. */
public final class DraftClosedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    public DraftClosedException(DraftName name, long publishedAs) {
        super("the draft " + name + " was published as revision " + publishedAs
                + " and no longer changes: make another one");
        this.name = name.text();
    }

    public String name() {
        return name;
    }
}
