package org.migreg.api;

/** Sentences of the contract that several operations share. */
final class Descriptions {

    static final String REVISION = "A past revision to read; the newest where left out.";

    private Descriptions() {}
}
