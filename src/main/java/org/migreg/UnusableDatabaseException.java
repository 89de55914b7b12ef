package org.migreg;

import org.jspecify.annotations.Nullable;

/** The database that the service is to start with cannot be used as it is. */
final class UnusableDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    UnusableDatabaseException(String what, String remedy) {
        this(what, remedy, null);
    }

    /**
     * @param what one sentence: which file, and what is wrong with it
     * @param remedy what the operator can do
     */
    UnusableDatabaseException(String what, String remedy, @Nullable Throwable cause) {
        super(what, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
