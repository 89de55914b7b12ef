package org.migreg.api;

/** Sentences of the contract that several operations share. */
final class Descriptions {

    static final String REVISION = "A past revision to read; the newest where left out.";
    static final String IF_MATCH = "The ETag of the version to change, as a GET gives it, or *.";
    static final String AUTHOR = "Who writes, for the revision; admin where left out.";
    static final String REASON = "Why, for the revision; what is done where left out.";

    static final String OVERRIDE =
            "Why a change may break expectations that are met; goes into the revision's reason. Without it such a change is"
                    + " refused.";

    private Descriptions() {}
}
