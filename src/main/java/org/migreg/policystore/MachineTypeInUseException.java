package org.migreg.policystore;

import java.util.List;

/** A machine type was to be deleted that others inherit from. */
public final class MachineTypeInUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    @SuppressWarnings("serial") // List.copyOf gives a serializable one.
    private final List<String> heirs;

    MachineTypeInUseException(String name, List<String> heirs) {
        super(String.join(", ", heirs) + (heirs.size() == 1 ? " inherits" : " inherit") + " from machine type " + name
                + ", which therefore cannot be deleted: let "
                + (heirs.size() == 1 ? "it" : "them") + " inherit from another one first");
        this.name = name;
        this.heirs = List.copyOf(heirs);
    }

    public String name() {
        return name;
    }

    /** The machine types that inherit from it directly. */
    public List<String> heirs() {
        return heirs;
    }
}
