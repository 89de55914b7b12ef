package org.migreg.capture;

import java.time.Instant;

/**
 * A capture as the registry keeps it.
 *
 * @param addedAt when it was first added
 * @param revision the revision that last changed it: added it, or filled in attributes
 */
public record StoredCapture(CaptureId id, Capture capture, Instant addedAt, long revision) {}
