package org.migreg;

/** The directory of {@code migreg.data-dir} cannot be used. */
final class UnusableDataDirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableDataDirectoryException(String why, String directory) {
        super("The data directory '" + directory + "' cannot be used: " + why + ".");
    }
}
