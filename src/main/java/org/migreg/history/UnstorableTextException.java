package org.migreg.history;

/** A text has a character that not every database can keep. */
public final class UnstorableTextException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;

    public UnstorableTextException(String field, char character, int position) {
        super(String.format(
                "the %s has U+%04X at position %d, which cannot be stored: leave that character out",
                field, (int) character, position));
        this.field = field;
    }

    /** What the text is of. */
    public String field() {
        return field;
    }
}
