package org.migreg.evaluation;

/** What becomes of one extra register in the list comparison. */
enum Fate {
    /** Fails the load. */
    FATAL,
    /** Ignored, since something in force says so. */
    TOLERATED,
    /** Ignored without anything saying so: its state is lost unnoticed. */
    DROPPED
}
