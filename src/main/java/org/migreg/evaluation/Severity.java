package org.migreg.evaluation;

/** How much a finding weighs in the verdict, heaviest first. */
public enum Severity {
    /** The load fails for this. */
    BLOCKING,
    /** State is lost silently for this. */
    UNSAFE,
    /** The verdict is unknown for this. */
    UNKNOWN,
    /** Loads, but somebody should know. */
    WARNING,
    /** For the record. */
    INFO
}
