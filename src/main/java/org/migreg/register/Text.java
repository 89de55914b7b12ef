package org.migreg.register;

/** Text that a person gave, as messages quote it. */
public final class Text {

    /** As much as a message quotes of something that is not what it should be. */
    public static final int QUOTED = 60;

    private Text() {}

    /** The text, cut to {@value #QUOTED} characters and ending in {@code ...} where it is longer. */
    public static String shortened(String text) {
        return shortened(text, QUOTED);
    }

    /**
     * The text, cut to {@code longest} characters and ending in {@code ...} where it is longer.
     *
     * @param longest in UTF-16 units, more than 3
     */
    public static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }
}
