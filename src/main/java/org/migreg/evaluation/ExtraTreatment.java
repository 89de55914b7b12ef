package org.migreg.evaluation;

/** What a destination's QEMU does with one extra register in the list comparison. */
enum ExtraTreatment {
    /** Fails the load. */
    FATAL,
    /** Ignored, since something in force says so. */
    TOLERATED,
    /** Ignored without anything saying so: its state is lost unnoticed. */
    DROPPED
}
