package org.migreg.hoststore;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.revision.Head;
import org.migreg.revision.RevisionFollower;
import org.migreg.revision.RevisionLog;
import org.migreg.revision.RevisionWriter;
import org.migreg.revision.StaleVersionException;
import org.springframework.stereotype.Component;

/**
 * Keeps which capture each host has and had. Reading the present is from memory and never waits; a write is one
 * transaction and at most one revision, and shows only once it is on disk. Safe for use by many threads, and by
 * several instances on one database.
 */
@Component
public class HostStore implements RevisionFollower {

    /** Of a host's history, at most so many of the newest captures are told. */
    public static final int LONGEST_HISTORY = RevisionLog.LONGEST_LISTING / 2;

    private final HostArchive archive;
    private final RevisionWriter writer;
    private final RevisionLog log;
    /** Changed in place: a fleet has 100,000 hosts, and each write changes one. */
    private final ConcurrentSkipListMap<HostName, StoredHost> hosts = new ConcurrentSkipListMap<>();

    /** Of every other name, the host that goes by it. */
    private final ConcurrentMap<HostName, HostName> otherNames = new ConcurrentHashMap<>();

    private final HostSightings sightings;

    private volatile long shown;

    HostStore(HostArchive archive, HostSightings sightings, RevisionWriter writer, RevisionLog log) {
        this.archive = archive;
        this.sightings = sightings;
        this.writer = writer;
        this.log = log;
        show(archive.between(0, log.head().of(RevisionKind.HOSTS)));
    }

    /** Hosts that the predicate takes, by name; other instances' writes are seen with a short delay. */
    public List<StoredHost> matching(Predicate<StoredHost> wanted) {
        return hosts.values().stream().filter(wanted).toList();
    }

    /** By its own name, or another that it goes by. */
    public Optional<StoredHost> byName(HostName name) {
        StoredHost host = hosts.get(name);
        return Optional.ofNullable(host != null ? host : hosts.get(otherNames.getOrDefault(name, name)));
    }

    /** When the host was last heard of. */
    public HostSighting lastSeen(StoredHost host) {
        HostSighting sighting = sightings.of(host.name());
        if (sighting == null) {
            return new HostSighting(host.since(), null);
        }
        return sighting.at().isBefore(host.since()) ? new HostSighting(host.since(), sighting.kernel()) : sighting;
    }

    /** The hosts of each capture that any has, by name. */
    public SortedMap<CaptureId, List<HostName>> byCapture() {
        SortedMap<CaptureId, List<HostName>> groups = new TreeMap<>();
        for (StoredHost host : hosts.values()) {
            groups.computeIfAbsent(host.capture(), capture -> new ArrayList<>()).add(host.name());
        }
        return groups;
    }

    /**
     * The captures that a host of this name has and had, newest first; at most {@value #LONGEST_HISTORY}. Hosts that
     * were removed keep theirs.
     */
    public List<HostPeriod> history(HostName name) {
        return archive.periods(name, log);
    }

    /**
     * Records what somebody says of a host, and that it was heard of now; adds the host where it is not there. What is
     * recorded already makes no revision.
     *
     * @param author 1 to 200 characters
     * @param reason 1 to 2,000 characters
     * @throws StaleVersionException when the host has another version
     * @throws NoSuchHostException when it is not there and no capture is given
     * @throws IllegalArgumentException when another host has one of the names, or a text cannot be stored
     */
    public HostWrite report(HostName name, HostReport report, ExpectedVersion expected, String author, String reason) {
        Written written = write(Map.of(name, report), there -> requireVersion(name, there, expected), author, reason);
        return new HostWrite(
                Objects.requireNonNull(written.hosts().get(name)), written.added() > 0, written.revision() != null);
    }

    /**
     * Records what somebody says of many hosts in one revision, whatever version they have, and that they were heard of
     * now; other hosts keep what they have.
     *
     * @param author 1 to 200 characters
     * @param reason 1 to 2,000 characters
     * @throws NoSuchHostException when one is not there and no capture is given
     * @throws IllegalArgumentException when another host has one of the names, or a text cannot be stored
     */
    public HostsWrite reportAll(Map<HostName, HostReport> reports, String author, String reason) {
        Written written = write(reports, there -> {}, author, reason);
        return new HostsWrite(
                written.revision(),
                written.added(),
                written.changed(),
                reports.size() - written.added() - written.changed());
    }

    /** @param required refuses a host as it is there, or that it is not */
    private Written write(
            Map<HostName, HostReport> reports, Consumer<@Nullable StoredHost> required, String author, String reason) {
        return writer.write(
                RevisionKind.HOSTS,
                author,
                reason,
                writing -> {
                    HostChanges missed = archive.between(shown, writing.previous());
                    sightings.follow();
                    List<HostName> ended = new ArrayList<>();
                    Map<HostName, StoredHost> begun = new TreeMap<>();
                    Map<HostName, StoredHost> hosts = new HashMap<>();
                    Map<HostName, HostSighting> seen = new HashMap<>();
                    Map<HostName, HostName> taken = new HashMap<>();
                    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
                    // By name, so that neighbours in the database change together.
                    new TreeMap<>(reports).forEach((name, report) -> {
                        StoredHost there = present(name, missed);
                        required.accept(there);
                        StoredHost wanted = wanted(name, there, report);
                        seen.put(name, new HostSighting(now, runs(name, there, report)));
                        requireFree(name, wanted.details(), missed);
                        for (HostName other : wanted.details().names()) {
                            HostName first = taken.put(other, name);
                            if (first != null || reports.containsKey(other) && !other.equals(name)) {
                                throw new IllegalArgumentException(
                                        "two hosts of the batch go by the name " + other + ": a name means one host");
                            }
                        }
                        if (there == null || !isAlike(there, wanted)) {
                            begun.put(name, wanted);
                            if (there != null) {
                                ended.add(name);
                            }
                        } else {
                            hosts.put(name, there);
                        }
                    });
                    long sighted = sightings.write(seen);
                    if (begun.isEmpty()) {
                        return new Written(null, 0, 0, hosts, missed, seen, sighted);
                    }
                    Revision revision = writing.revision();
                    begun.replaceAll((name, wanted) -> at(wanted, revision));
                    hosts.putAll(begun);
                    archive.end(ended, revision);
                    archive.begin(begun.values());
                    return new Written(
                            revision.number(),
                            begun.size() - ended.size(),
                            ended.size(),
                            hosts,
                            missed.and(revision.number(), begun),
                            seen,
                            sighted);
                },
                written -> {
                    show(written.changes());
                    sightings.show(written.seen(), written.sighted());
                });
    }

    /**
     * What a write did.
     *
     * @param revision the one that it made; null where it made none
     * @param hosts that it was about, as they are now
     * @param sighted the change of the sightings
     */
    private record Written(
            @Nullable Long revision,
            int added,
            int changed,
            Map<HostName, StoredHost> hosts,
            HostChanges changes,
            Map<HostName, HostSighting> seen,
            long sighted) {}

    /** As the host shall be; the time and number are not looked at. */
    private static StoredHost wanted(HostName name, @Nullable StoredHost there, HostReport report) {
        CaptureId capture = report.capture() != null ? report.capture() : there == null ? null : there.capture();
        if (capture == null) {
            throw new NoSuchHostException(name);
        }
        HostDetails before = there == null ? HostDetails.NOT_SAID : there.details();
        return new StoredHost(name, capture, before.with(report), Instant.EPOCH, 0);
    }

    /** What nobody says otherwise is as it was last said: a report of anything else is none of a reboot. */
    private @Nullable String runs(HostName name, @Nullable StoredHost there, HostReport report) {
        KernelRelease said = report.kernel();
        HostSighting before = there == null ? null : sightings.of(name);
        return said != null ? said.text() : before == null ? null : before.kernel();
    }

    private static boolean isAlike(StoredHost there, StoredHost wanted) {
        return there.capture().equals(wanted.capture()) && there.details().equals(wanted.details());
    }

    private static StoredHost at(StoredHost wanted, Revision revision) {
        return new StoredHost(wanted.name(), wanted.capture(), wanted.details(), revision.at(), revision.number());
    }

    /** One name means one host. */
    private void requireFree(HostName name, HostDetails details, HostChanges missed) {
        HostName named = otherNames.get(name);
        if (named != null && !named.equals(name) && goesBy(named, name, missed)) {
            throw new IllegalArgumentException(
                    "the host " + named + " goes by the name " + name + ": a name means one host");
        }
        for (HostName other : details.names()) {
            HostName owner = otherNames.get(other);
            boolean taken = present(other, missed) != null && !other.equals(name)
                    || owner != null && !owner.equals(name) && goesBy(owner, other, missed);
            if (taken) {
                throw new IllegalArgumentException("another host goes by the name " + other
                        + ": a name means one host; take it from " + (owner == null ? other : owner) + " first");
            }
        }
    }

    private boolean goesBy(HostName owner, HostName other, HostChanges missed) {
        StoredHost host = present(owner, missed);
        return host != null && host.details().names().contains(other);
    }

    /** As it is while no other write can happen: what is shown, and what other instances did since. */
    private @Nullable StoredHost present(HostName name, HostChanges missed) {
        return missed.hosts().containsKey(name) ? missed.hosts().get(name) : hosts.get(name);
    }

    /**
     * Removes a host; its history stays.
     *
     * @throws NoSuchHostException when it is not there
     * @throws StaleVersionException when it has another version
     */
    public void remove(HostName name, ExpectedVersion expected, String author, String reason) {
        writer.write(
                RevisionKind.HOSTS,
                author,
                reason,
                writing -> {
                    HostChanges missed = archive.between(shown, writing.previous());
                    StoredHost there = present(name, missed);
                    if (there == null) {
                        throw new NoSuchHostException(name);
                    }
                    requireVersion(name, there, expected);
                    Revision revision = writing.revision();
                    archive.end(List.of(name), revision);
                    return missed.and(revision.number(), Collections.singletonMap(name, null));
                },
                this::show);
    }

    private static void requireVersion(HostName name, @Nullable StoredHost there, ExpectedVersion expected) {
        Long actual = there == null ? null : there.revision();
        if (!expected.isMetBy(actual)) {
            throw new StaleVersionException(
                    "the host " + name
                            + (actual == null
                                    ? " does not exist (without If-Match it is added)"
                                    : " was last changed by revision " + actual),
                    expected,
                    actual == null ? 0 : actual);
        }
    }

    @Override
    public void follow(Head head) {
        if (head.hosts() > shown) {
            show(archive.between(shown, head.hosts()));
        }
        sightings.follow();
    }

    private synchronized void show(HostChanges changes) {
        if (changes.upTo() <= shown) {
            return;
        }
        for (Map.Entry<HostName, @Nullable StoredHost> change : changes.hosts().entrySet()) {
            StoredHost host = change.getValue();
            StoredHost before = host == null ? hosts.remove(change.getKey()) : hosts.put(change.getKey(), host);
            if (before != null) {
                before.details().names().forEach(name -> otherNames.remove(name, before.name()));
            }
            if (host != null) {
                host.details().names().forEach(name -> otherNames.put(name, host.name()));
            }
        }
        shown = changes.upTo();
    }
}
