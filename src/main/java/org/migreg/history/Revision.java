package org.migreg.history;

import java.time.Instant;

/**
 * One write: everything it changed came into force at once.
 *
 * @param number counts from 1, without gaps, over tables, captures, hosts and expectations alike
 * @param at when it was written, by the clock of the host that wrote it; to the microsecond
 * @param author 1 to 200 characters
 * @param reason why, for the next person; 1 to 2,000 characters
 */
public record Revision(long number, Instant at, String author, String reason, RevisionKind kind) {

    public static final int LONGEST_AUTHOR = 200;
    public static final int LONGEST_REASON = 2000;

    public Revision {
        if (number < 1) {
            throw new IllegalArgumentException("revisions count from 1; this number is " + number);
        }
        requireAuthorAndReason(author, reason);
    }

    /**
     * @throws IllegalArgumentException naming the one that cannot be stored
     */
    public static void requireAuthorAndReason(String author, String reason) {
        requireText("author", author, LONGEST_AUTHOR);
        requireText("reason", reason, LONGEST_REASON);
    }

    private static void requireText(String field, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw new IllegalArgumentException("the " + field + " has 1 to " + longest + " characters; this one has "
                    + text.strip().length());
        }
        StorableText.require(field, text);
    }
}
