package org.migreg.api.operation;

/** Sentences of the contract that several operations share. */
public final class Descriptions {

    public static final String REVISION = "A past revision to read; the newest where left out.";

    private Descriptions() {}
}
