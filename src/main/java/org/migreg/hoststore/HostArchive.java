package org.migreg.hoststore;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.HostName;
import org.migreg.history.Change;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.revision.ChangeSource;
import org.migreg.revision.ChangedRows;
import org.migreg.revision.RevisionLog;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The hosts of every revision in the database. */
@Component
record HostArchive(HostVersionRepository versions, EntityManager entityManager) implements ChangeSource {

    /** So many rows in one statement or flush. */
    private static final int AT_ONCE = 1000;

    private static final JsonMapper JSON = JsonMapper.shared();

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
            StoredHost host = row.toHost();
            hosts.put(host.name(), host);
        }
        return new HostChanges(upTo, hosts);
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

    /** Ends what these hosts have; within the transaction of the revision. */
    void end(List<HostName> names, Revision revision) {
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            versions.endAll(
                    names.subList(from, Math.min(names.size(), from + AT_ONCE)).stream()
                            .map(HostName::text)
                            .toList(),
                    revision.number());
        }
    }

    /** Begins what these hosts have from now on; within the transaction of the revision. */
    void begin(Collection<StoredHost> hosts) {
        List<HostVersionEntity> pending = new ArrayList<>(AT_ONCE);
        for (StoredHost host : hosts) {
            HostVersionEntity row = new HostVersionEntity(host);
            entityManager.persist(row);
            pending.add(row);
            if (pending.size() == AT_ONCE) {
                release(pending);
            }
        }
        release(pending);
    }

    /** Rows of a whole fleet would else be looked at again with each flush. */
    private void release(List<HostVersionEntity> pending) {
        entityManager.flush();
        pending.forEach(entityManager::detach);
        pending.clear();
    }

    @Override
    public RevisionKind kind() {
        return RevisionKind.HOSTS;
    }

    @Override
    public List<Change> changes(long revision) {
        ChangedRows<HostName> rows = new ChangedRows<>();
        versions.endedBy(revision).forEach(row -> rows.add(row.name(), false, text(row)));
        versions.begunBy(revision).forEach(row -> rows.add(row.name(), true, text(row)));
        return rows.of(Change.Subject.HOST);
    }

    /** As JSON. */
    private static String text(HostVersionEntity row) {
        HostDetails details = row.details();
        ObjectNode text = JSON.createObjectNode();
        text.put("name", row.name().text());
        text.put("capture", row.capture().text());
        if (!details.names().isEmpty()) {
            text.put("names", details.names().stream().map(HostName::text).collect(Collectors.joining(" ")));
        }
        if (details.qemu() != null) {
            text.put("qemu", details.qemu().text());
        }
        if (details.xMigProperties() != null) {
            text.put("xMigProperties", details.xMigProperties());
        }
        if (details.cpu() != null) {
            text.put("cpu", details.cpu().toString());
        }
        return JSON.writeValueAsString(text);
    }
}
