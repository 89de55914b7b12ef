package org.migreg.question.expectation;

import org.migreg.question.expectation.ExpectationOutcome.Status;

/** What a change of the tables does to a stored expectation. */
public record ExpectationChange(StoredExpectation stored, ExpectationOutcome before, ExpectationOutcome after) {

    /** Whether it was met and no longer is: some move that was possible would fail. */
    public boolean isBroken() {
        return before.status() == Status.MET && after.status() == Status.NOT_MET;
    }
}
