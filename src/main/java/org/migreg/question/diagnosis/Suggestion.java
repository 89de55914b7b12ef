package org.migreg.question.diagnosis;

/**
 * What a log suggests and does not prove.
 *
 * @param sentence what may be
 * @param proof what would prove it
 */
public record Suggestion(String sentence, String proof) {}
