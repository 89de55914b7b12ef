package org.migreg.hoststore;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.revision.Change;
import org.migreg.revision.ChangeSource;
import org.migreg.revision.Revision;
import org.migreg.revision.RevisionKind;
import org.migreg.revision.RevisionLog;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** The hosts of every revision in the database. */
@Component
class HostArchive implements ChangeSource {

    private final HostVersionRepository versions;
    private final EntityManager entityManager;

    HostArchive(HostVersionRepository versions, EntityManager entityManager) {
        this.versions = versions;
        this.entityManager = entityManager;
    }

    /** What changed after one revision, up to another that has been written; later writes do not disturb it. */
    HostChanges between(long after, long upTo) {
        if (upTo <= after) {
            return HostChanges.none(after);
        }
        Map<HostName, @Nullable StoredHost> hosts = new HashMap<>();
        if (after > 0) {
            versions.endedBetween(after, upTo).forEach(name -> hosts.put(new HostName(name), null));
        }
        for (HostVersionEntity row : versions.begunBetween(after, upTo)) {
            hosts.put(row.name(), row.toHost());
        }
        return new HostChanges(upTo, hosts);
    }

    Optional<StoredHost> present(HostName name) {
        return versions.present(name.text()).map(HostVersionEntity::toHost);
    }

    /** Newest first. */
    List<HostPeriod> periods(HostName name, RevisionLog log) {
        // Each row names up to two revisions.
        List<HostVersionEntity> rows = versions.newestFirst(name.text(), Limit.of(HostStore.LONGEST_HISTORY));
        Set<Long> numbers = new HashSet<>();
        for (HostVersionEntity row : rows) {
            numbers.add(row.validFrom());
            if (row.validTo() != null) {
                numbers.add(row.validTo());
            }
        }
        Map<Long, Revision> revisions = log.getAll(numbers);
        List<HostPeriod> periods = new ArrayList<>();
        for (HostVersionEntity row : rows) {
            Long validTo = row.validTo();
            periods.add(new HostPeriod(
                    row.capture(),
                    revision(revisions, row.validFrom()),
                    validTo == null ? null : revision(revisions, validTo)));
        }
        return periods;
    }

    private static Revision revision(Map<Long, Revision> revisions, long number) {
        Revision revision = revisions.get(number);
        if (revision == null) {
            throw new IllegalStateException("a host changed with revision " + number + ", which is not there");
        }
        return revision;
    }

    /** Ends what the host has; within the transaction of the revision. */
    void end(HostName name, Revision revision) {
        versions.end(name.text(), revision.number());
    }

    /** Begins what the host has from now on; within the transaction of the revision. */
    void begin(StoredHost host) {
        entityManager.persist(new HostVersionEntity(host));
    }

    @Override
    public RevisionKind kind() {
        return RevisionKind.HOSTS;
    }

    @Override
    public List<Change> changes(long revision) {
        TreeMap<HostName, @Nullable String> before = new TreeMap<>();
        TreeMap<HostName, @Nullable String> after = new TreeMap<>();
        for (HostVersionEntity row : versions.begunOrEndedBy(revision)) {
            boolean begins = row.validFrom() == revision;
            (begins ? after : before).put(row.name(), text(row));
        }
        Set<HostName> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .map(name -> new Change(Change.Subject.HOST, name.text(), before.get(name), after.get(name)))
                .toList();
    }

    /** As JSON; neither a name nor an id has a character that would need an escape. */
    private static String text(HostVersionEntity row) {
        return "{\"name\":\"" + row.name() + "\",\"capture\":\"" + row.capture() + "\"}";
    }
}
