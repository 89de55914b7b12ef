package org.migreg.question.drift;

import java.time.Instant;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;

/**
 * A capture and how many hosts have it.
 *
 * @param addedAt when it was first seen
 * @param hosts 0 or more
 */
public record KnownCapture(CaptureId id, Capture capture, Instant addedAt, long hosts) {}
