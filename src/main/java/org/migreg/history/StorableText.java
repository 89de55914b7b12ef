package org.migreg.history;

/** Text that every database can keep and give back unchanged. */
public final class StorableText {

    private StorableText() {}

    /**
     * Refuses U+0000, which PostgreSQL cannot store, and halves of surrogate pairs, which UTF-8 cannot express.
     *
     * @throws UnstorableTextException naming the field, the character and its position
     */
    public static void require(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new UnstorableTextException(field, c, i);
            }
        }
    }
}
