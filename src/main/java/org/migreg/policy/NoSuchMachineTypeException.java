package org.migreg.policy;

/** A machine type was named that the tables do not have. */
public final class NoSuchMachineTypeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    public NoSuchMachineTypeException(String name) {
        super("there is no machine type " + name);
        this.name = name;
    }

    public String name() {
        return name;
    }
}
