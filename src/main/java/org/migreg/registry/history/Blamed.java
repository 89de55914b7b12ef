package org.migreg.registry.history;

import org.migreg.history.Revision;
import org.migreg.policy.PolicyEntry;

/** An entry, and the revision that made it what it is. */
public record Blamed(PolicyEntry entry, Revision revision) {}
