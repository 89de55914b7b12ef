package org.migreg.hoststore;

import java.time.Instant;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;

/**
 * A host as the registry has it now.
 *
 * @param since when it got this capture
 * @param revision the revision that gave it this capture: its version
 */
public record StoredHost(HostName name, CaptureId capture, Instant since, long revision) {}
