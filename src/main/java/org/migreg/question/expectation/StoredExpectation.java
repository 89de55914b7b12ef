package org.migreg.question.expectation;

import org.migreg.evaluation.Expectation;

/**
 * An expectation as the registry has it.
 *
 * @param id never used again after a deletion
 * @param description what it is for; at most {@value #LONGEST_DESCRIPTION} characters, may be empty
 * @param revision the revision that last changed it: its version
 */
public record StoredExpectation(long id, Expectation expectation, String description, long revision) {

    public static final int LONGEST_DESCRIPTION = 2000;

    public StoredExpectation {
        if (description.length() > LONGEST_DESCRIPTION) {
            throw new IllegalArgumentException(
                    "an expectation's description has at most 2,000 characters; this one has " + description.length());
        }
    }
}
