package org.migreg.api.operation;

/** Sentences and examples of the contract that several operations share. */
public final class Descriptions {

    public static final String REVISION = "A past revision to read; the newest where left out.";

    /** The id of a capture that is none. */
    public static final String CAPTURE = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    private Descriptions() {}
}
