package org.migreg.hoststore;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.HostName;

/**
 * What became of hosts up to a revision.
 *
 * @param upTo a revision
 * @param hosts as they were at that revision; null for one that had ceased to exist
 */
record HostChanges(long upTo, Map<HostName, @Nullable StoredHost> hosts) {

    static HostChanges none(long upTo) {
        return new HostChanges(upTo, new HashMap<>());
    }

    HostChanges and(long revision, Map<HostName, ? extends @Nullable StoredHost> changed) {
        Map<HostName, @Nullable StoredHost> all = new HashMap<>(hosts);
        all.putAll(changed);
        return new HostChanges(revision, all);
    }
}
