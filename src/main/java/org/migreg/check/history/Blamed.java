package org.migreg.check.history;

import org.migreg.policy.PolicyEntry;
import org.migreg.revision.Revision;

/** An entry, and the revision that made it what it is. */
public record Blamed(PolicyEntry entry, Revision revision) {}
