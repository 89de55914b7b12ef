package org.migreg.hoststore;

import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.history.Revision;

/**
 * A capture that a host had for a time.
 *
 * @param begun the revision that gave it to the host
 * @param ended the revision that gave the host another, or took the host away; null for what it has now
 */
public record HostPeriod(
        CaptureId capture, Revision begun, @Nullable Revision ended) {}
