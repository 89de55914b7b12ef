package org.migreg.evaluation;

/** Whether something holds, as far as it is known. */
enum Holds {
    YES,
    NO,
    /** What would decide it is not known: it is tried both ways. */
    OPEN
}
