package org.migreg.api;

import org.jspecify.annotations.Nullable;
import org.migreg.contract.EntityVersion;

/** The version that a change or deletion must name. */
final class Preconditions {

    /** A change or deletion came without If-Match. */
    static final class MissingPreconditionException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MissingPreconditionException() {
            super(
                    "a change or deletion names the version it means: send If-Match with the ETag that a GET of this address"
                            + " gives");
        }
    }

    private Preconditions() {}

    static EntityVersion required(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new MissingPreconditionException();
        }
        return EntityVersion.ofIfMatch(ifMatch);
    }
}
