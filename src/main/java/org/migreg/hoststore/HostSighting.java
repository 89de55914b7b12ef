package org.migreg.hoststore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a host was last heard of.
 *
 * @param kernel the release that it ran then; null for that of the capture that it had
 */
public record HostSighting(Instant at, @Nullable String kernel) {}
