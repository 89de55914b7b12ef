package org.migreg.evaluation;

/** Where a load fails. */
public enum FailedStage {
    /** The incoming list is longer than the destination accepts; no register is looked at. */
    LENGTH,
    /** The list comparison met a register that the destination does not know. */
    REGISTER,
    /** The list comparison passed; a value was refused afterwards. */
    VALUE
}
