package org.migreg.policy;

import org.jspecify.annotations.Nullable;

/** An entry was asked for that the tables do not have, or not under this machine type. */
public final class NoSuchEntryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final @Nullable String machineType;
    private final long id;

    /** @param machineType where it was looked for; null for everywhere */
    public NoSuchEntryException(@Nullable String machineType, long id) {
        super(
                machineType == null
                        ? "there is no entry " + id
                        : "machine type " + machineType + " has no entry " + id + " of its own");
        this.machineType = machineType;
        this.id = id;
    }

    public @Nullable String machineType() {
        return machineType;
    }

    public long id() {
        return id;
    }
}
