package org.migreg.hoststore;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.HostName;
import org.springframework.stereotype.Component;

/** When each host was last heard of: in the database, and all of it in memory. */
@Component
class HostSightings {

    /** So many rows in one statement. */
    private static final int AT_ONCE = 1000;

    private final HostSightingRepository rows;
    private final EntityManager entityManager;
    private final Map<HostName, HostSighting> newest = new ConcurrentHashMap<>();
    private long shown;

    HostSightings(HostSightingRepository rows, EntityManager entityManager) {
        this.rows = rows;
        this.entityManager = entityManager;
        follow();
    }

    @Nullable
    HostSighting of(HostName name) {
        return newest.get(name);
    }

    /** Writes them, as one change; within the transaction of a write of hosts, which no other happens beside. */
    long write(Map<HostName, HostSighting> sightings) {
        long change = rows.newestChange() + 1;
        Map<HostSighting, List<HostName>> alike = new LinkedHashMap<>();
        // By name, so that neighbours in the database change together.
        new TreeMap<>(sightings)
                .forEach((name, sighting) -> alike.computeIfAbsent(sighting, key -> new ArrayList<>())
                        .add(name));
        alike.forEach((sighting, names) -> {
            for (int from = 0; from < names.size(); from += AT_ONCE) {
                write(names.subList(from, Math.min(names.size(), from + AT_ONCE)), sighting, change);
            }
        });
        return change;
    }

    private void write(List<HostName> names, HostSighting sighting, long change) {
        List<String> texts = names.stream().map(HostName::text).toList();
        Set<String> present = new HashSet<>(rows.present(texts));
        if (!present.isEmpty()) {
            rows.update(List.copyOf(present), sighting.at(), sighting.kernel(), change);
        }
        List<HostSightingEntity> added = new ArrayList<>();
        for (HostName name : names) {
            if (!present.contains(name.text())) {
                HostSightingEntity row = new HostSightingEntity(name, sighting, change);
                entityManager.persist(row);
                added.add(row);
            }
        }
        entityManager.flush();
        added.forEach(entityManager::detach);
    }

    /** Shows what is committed; where nobody else wrote before it, it need not be read back. */
    synchronized void show(Map<HostName, HostSighting> written, long change) {
        newest.putAll(written);
        if (shown == change - 1) {
            shown = change;
        }
    }

    /** Catches up with what other instances wrote. */
    synchronized void follow() {
        Collection<HostSightingEntity> news = rows.after(shown);
        for (HostSightingEntity row : news) {
            newest.merge(row.name(), row.sighting(), (known, read) -> read.at().isAfter(known.at()) ? read : known);
            shown = Math.max(shown, row.changeNumber());
        }
    }
}
