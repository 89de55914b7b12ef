package org.migreg.evaluation;

/** What a verdict rests on. */
public enum Basis {
    /** On nothing: it is not known which lists are meant. */
    NOTHING,
    /** Only the register lists: no values were known on both sides. */
    LISTS,
    /** The lists, and the values of registers that both sides have. */
    LISTS_AND_VALUES
}
