package org.migreg.format.libvirtsave;

/** What is wrong with a save image, and at which offset. */
final class ImageFault extends Exception {

    private static final long serialVersionUID = 1;

    private final long position;

    ImageFault(long position, String message) {
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
