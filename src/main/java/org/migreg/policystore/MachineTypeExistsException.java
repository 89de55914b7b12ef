package org.migreg.policystore;

/** A machine type was to be created under a name that is taken. */
public final class MachineTypeExistsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    MachineTypeExistsException(String name) {
        super("there is a machine type " + name + " already: replace it, or choose another name");
        this.name = name;
    }

    public String name() {
        return name;
    }
}
