package org.migreg.web.limits;

import java.io.IOException;
import org.migreg.contract.problem.ProblemType;

/** A request that is not read to its end, or for which there is no room. */
public final class RefusedRequestException extends IOException {

    private static final long serialVersionUID = 1;

    /** When to come back, in seconds, where the problem is that there is no room now. */
    public static final int RETRY_AFTER = 2;

    private final ProblemType type;

    public RefusedRequestException(ProblemType type, String message) {
        super(message);
        this.type = type;
    }

    public ProblemType type() {
        return type;
    }
}
