package org.migreg.revision;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database cannot be used now; the message says why and, for a write, what became of it. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final DatabaseTrouble trouble;

    DatabaseUnavailableException(DatabaseTrouble trouble, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    /** What came of a trouble with the database; empty where the problem is another one. */
    public static Optional<DatabaseUnavailableException> in(Throwable problem) {
        return problem instanceof DatabaseUnavailableException known
                ? Optional.of(known)
                : DatabaseTrouble.in(problem)
                        .map(trouble -> new DatabaseUnavailableException(trouble, trouble.message(), problem));
    }

    public DatabaseTrouble trouble() {
        return trouble;
    }
}
