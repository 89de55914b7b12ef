package org.migreg.hoststore;

import java.time.Instant;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;

/**
 * A host as the registry has it now.
 *
 * @param since when it got this capture or these details
 * @param revision the revision that gave it these: its version
 */
public record StoredHost(HostName name, CaptureId capture, HostDetails details, Instant since, long revision) {}
