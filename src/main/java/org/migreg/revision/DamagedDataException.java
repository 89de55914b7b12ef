package org.migreg.revision;

import java.util.function.Supplier;

/** The database holds what the service cannot have written: something else changed it, a failing disk perhaps. */
public final class DamagedDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String what;

    /** @param what the rows, and what is wrong with them */
    public DamagedDataException(String what) {
        super(message(what));
        this.what = what;
    }

    private DamagedDataException(String rows, RuntimeException cause) {
        super(message(rows + ": " + cause.getMessage()), cause);
        this.what = rows + ": " + cause.getMessage();
    }

    private static String message(String what) {
        return "the database holds what migreg did not write: " + what;
    }

    /** The rows, and what is wrong with them. */
    public String what() {
        return what;
    }

    /**
     * What is read from rows.
     *
     * @param what names the rows
     * @param reading makes a domain value of the rows, without looking into the database
     * @throws DamagedDataException where the rows make none
     */
    public static <T> T reading(Supplier<String> what, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException unreadable) {
            throw new DamagedDataException(what.get(), unreadable);
        }
    }
}
