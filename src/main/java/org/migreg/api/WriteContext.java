package org.migreg.api;

import org.jspecify.annotations.Nullable;
import org.migreg.check.publication.TablePublication;
import org.migreg.contract.InvalidFieldException;

/** Who writes, and why: what the headers of a write say, for its revision. */
record WriteContext(String author, String reason) {

    static final String AUTHOR_HEADER = "X-Migreg-Author";
    static final String REASON_HEADER = "X-Migreg-Reason";
    static final String OVERRIDE_HEADER = "X-Migreg-Override";

    /** The header X-Migreg-Override: why expectations may be broken; null where it is missing. */
    static @Nullable String override(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        if (given.strip().length() > TablePublication.LONGEST_OVERRIDE) {
            throw new InvalidFieldException(OVERRIDE_HEADER, given, "an override has at most 1,000 characters");
        }
        return given.strip();
    }

    /**
     * @param author the header X-Migreg-Author; the token's owner where it is missing
     * @param reason the header X-Migreg-Reason
     * @param otherwise the reason where none is given: what is done
     */
    static WriteContext of(@Nullable String author, @Nullable String reason, String otherwise) {
        String who = author == null || author.isBlank() ? "admin" : author.strip();
        String why = reason == null || reason.isBlank() ? otherwise : reason.strip();
        if (who.length() > 200) {
            throw new InvalidFieldException(AUTHOR_HEADER, who, "an author has at most 200 characters");
        }
        if (why.length() > 2000) {
            throw new InvalidFieldException(REASON_HEADER, why, "a reason has at most 2,000 characters");
        }
        return new WriteContext(who, why);
    }
}
