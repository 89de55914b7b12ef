package org.migreg.check.expectation;

import org.migreg.expectationstore.StoredExpectation;

/** A stored expectation and what came of it. */
public record TriedExpectation(StoredExpectation stored, ExpectationOutcome outcome) {}
