package org.migreg.question.expectation;

/** A stored expectation and what came of it. */
public record TriedExpectation(StoredExpectation stored, ExpectationOutcome outcome) {}
