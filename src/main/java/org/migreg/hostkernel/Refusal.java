package org.migreg.hostkernel;

/** Words the errors of this package: what was read, where it went wrong, what would be right. */
final class Refusal {

    private static final int SHOWN_CHARACTERS = 80;

    private Refusal() {}

    static IllegalArgumentException of(String subject, String text, String whatIsRight) {
        return new IllegalArgumentException(subject + " \"" + shown(text) + "\" " + whatIsRight);
    }

    static IllegalArgumentException at(String subject, String text, int position, String whatIsRight) {
        return new IllegalArgumentException(
                subject + " \"" + shown(text) + "\" is malformed at position " + position + ": " + whatIsRight);
    }

    /** Refuses text that is empty, longer than {@code limit}, or has characters outside {@code allowed}. */
    static void checkCharacters(String subject, String text, int limit, String allowedPunctuation, String example) {
        if (text.isEmpty()) {
            throw Refusal.of(subject, text, "is empty; right would be " + example);
        }
        if (text.length() > limit) {
            throw Refusal.of(subject, text, "has " + text.length() + " characters; at most " + limit + " are possible");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && allowedPunctuation.indexOf(c) < 0) {
                throw Refusal.at(
                        subject,
                        text,
                        i,
                        "'" + shown(String.valueOf(c)) + "' cannot occur here; right would be " + example);
            }
        }
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < SHOWN_CHARACTERS; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return text.length() > SHOWN_CHARACTERS ? shown + "..." : shown.toString();
    }
}
