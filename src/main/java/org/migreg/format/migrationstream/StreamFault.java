package org.migreg.format.migrationstream;

/** What is wrong with a migration stream, and at which offset from its start. */
final class StreamFault extends Exception {

    private static final long serialVersionUID = 1;

    private final long position;

    StreamFault(long position, String message) {
        super(message);
        this.position = position;
    }

    long position() {
        return position;
    }

    /** The sentence; a fault always has one. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
