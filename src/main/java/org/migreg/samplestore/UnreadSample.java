package org.migreg.samplestore;

import java.time.Instant;

/**
 * A log that was kept.
 *
 * @param masked whether ids and names of hosts, guests and users were taken out before
 * @param note what whoever kept it says of it; may be empty
 */
public record UnreadSample(long id, Instant keptAt, String keptBy, boolean masked, String note, String log) {}
