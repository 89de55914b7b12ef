package org.migreg.registry.publication;

import java.util.List;
import org.migreg.question.expectation.ExpectationChange;

/** A change of the tables would break expectations that are met. */
public final class BrokenExpectationsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // Never serialized; RuntimeException only says it could be.
    private final transient List<ExpectationChange> broken;

    BrokenExpectationsException(List<ExpectationChange> broken) {
        super("this change breaks "
                + (broken.size() == 1
                        ? "an expectation that is met now: "
                        : broken.size() + " expectations that are met now; the first: ")
                + broken.getFirst().stored().expectation() + " (expectation "
                + broken.getFirst().stored().id() + "). "
                + broken.getFirst().after().sentence()
                + " Fix the change, or say in X-Migreg-Override why it must be so");
        this.broken = List.copyOf(broken);
    }

    /** At least one. */
    public List<ExpectationChange> broken() {
        return broken;
    }
}
