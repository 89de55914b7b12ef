package org.migreg.question.fleet;

/** What a guest loses when a register does not travel with it; the lightest first. */
public enum StateLoss {
    /** Nothing, provably: the register is spurious, or the guest never had its feature. */
    NONE,
    /** Nothing while the register has the value that the entry's condition asks for. */
    NONE_WHILE_CONDITION_HOLDS,
    /** State that the guest may use. */
    STATE
}
