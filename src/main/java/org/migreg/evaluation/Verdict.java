package org.migreg.evaluation;

/** The answer to "may this guest go from this host to that one?". */
public enum Verdict {
    /** Loads, nothing to say. */
    COMPATIBLE(true),
    /** Loads; something is tolerated or absent, or a guest that runs loses part of a value. */
    COMPATIBLE_WITH_WARNINGS(true),
    /**
     * This QEMU would load, yet silently drops the state of a register that no policy declares safe to
     * lose.
     */
    UNSAFE(false),
    /** QEMU refuses the list, or KVM a value. */
    INCOMPATIBLE(false),
    /** A list is missing, a condition or rule needs what was not given, or a value differs that no rule covers. */
    UNKNOWN(false);

    private final boolean mayMigrate;

    Verdict(boolean mayMigrate) {
        this.mayMigrate = mayMigrate;
    }

    public boolean mayMigrate() {
        return mayMigrate;
    }
}
