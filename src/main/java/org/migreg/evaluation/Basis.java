package org.migreg.evaluation;

/** What a verdict rests on. */
public enum Basis {
    /** A list is missing: on nothing. */
    NOTHING,
    /** The register lists alone: no values were known on both sides. */
    LISTS,
    /** The lists, and the values of registers that both sides have. */
    LISTS_AND_VALUES
}
