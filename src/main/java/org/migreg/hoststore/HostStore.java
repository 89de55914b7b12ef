package org.migreg.hoststore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
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

    private volatile long shown;

    HostStore(HostArchive archive, RevisionWriter writer, RevisionLog log) {
        this.archive = archive;
        this.writer = writer;
        this.log = log;
        show(archive.between(0, log.head().of(RevisionKind.HOSTS)));
    }

    /** Hosts that the predicate takes, by name; other instances' writes are seen with a short delay. */
    public List<StoredHost> matching(Predicate<StoredHost> wanted) {
        return hosts.values().stream().filter(wanted).toList();
    }

    public Optional<StoredHost> byName(HostName name) {
        return Optional.ofNullable(hosts.get(name));
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
     * Gives a host a capture, and adds the host where it is not there. The capture that it has already changes
     * nothing.
     *
     * @param capture one that is stored
     * @param author 1 to 200 characters
     * @param reason 1 to 2,000 characters
     * @throws StaleVersionException when the host has another version
     * @throws IllegalArgumentException when a text cannot be stored
     */
    public HostWrite put(HostName name, CaptureId capture, ExpectedVersion expected, String author, String reason) {
        return writer.write(
                        RevisionKind.HOSTS,
                        author,
                        reason,
                        writing -> {
                            StoredHost there = archive.present(name).orElse(null);
                            requireVersion(name, there, expected);
                            HostChanges missed = archive.between(shown, writing.previous());
                            if (there != null && there.capture().equals(capture)) {
                                return new Written(new HostWrite(there, false, false), missed);
                            }
                            Revision revision = writing.revision();
                            if (there != null) {
                                archive.end(name, revision);
                            }
                            StoredHost host = new StoredHost(name, capture, revision.at(), revision.number());
                            archive.begin(host);
                            return new Written(
                                    new HostWrite(host, there == null, true),
                                    missed.and(revision.number(), name, host));
                        },
                        written -> show(written.changes()))
                .host();
    }

    /**
     * Gives many hosts their captures in one revision, whatever version they have; other hosts keep theirs.
     *
     * @param captures captures that are stored
     * @param author 1 to 200 characters
     * @param reason 1 to 2,000 characters
     * @throws IllegalArgumentException when a text cannot be stored
     */
    public HostsWrite putAll(Map<HostName, CaptureId> captures, String author, String reason) {
        return writer.write(
                        RevisionKind.HOSTS,
                        author,
                        reason,
                        writing -> {
                            HostChanges missed = archive.between(shown, writing.previous());
                            List<HostName> ended = new ArrayList<>();
                            Map<HostName, CaptureId> begun = new TreeMap<>();
                            // By name, so that neighbours in the database change together.
                            new TreeMap<>(captures).forEach((name, capture) -> {
                                StoredHost there = present(name, missed);
                                if (there == null || !there.capture().equals(capture)) {
                                    begun.put(name, capture);
                                    if (there != null) {
                                        ended.add(name);
                                    }
                                }
                            });
                            if (begun.isEmpty()) {
                                return new WrittenMany(new HostsWrite(null, 0, 0, captures.size()), missed);
                            }
                            Revision revision = writing.revision();
                            Map<HostName, StoredHost> now = new TreeMap<>();
                            begun.forEach((name, capture) ->
                                    now.put(name, new StoredHost(name, capture, revision.at(), revision.number())));
                            archive.endAll(ended, revision);
                            archive.beginAll(now.values());
                            return new WrittenMany(
                                    new HostsWrite(
                                            revision.number(),
                                            begun.size() - ended.size(),
                                            ended.size(),
                                            captures.size() - begun.size()),
                                    missed.and(revision.number(), now));
                        },
                        written -> show(written.changes()))
                .hosts();
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
                    StoredHost there = archive.present(name).orElseThrow(() -> new NoSuchHostException(name));
                    requireVersion(name, there, expected);
                    HostChanges missed = archive.between(shown, writing.previous());
                    Revision revision = writing.revision();
                    archive.end(name, revision);
                    return missed.and(revision.number(), name, null);
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

    private record Written(HostWrite host, HostChanges changes) {}

    private record WrittenMany(HostsWrite hosts, HostChanges changes) {}

    @Override
    public void follow(Head head) {
        if (head.hosts() > shown) {
            show(archive.between(shown, head.hosts()));
        }
    }

    private synchronized void show(HostChanges changes) {
        if (changes.upTo() <= shown) {
            return;
        }
        for (Map.Entry<HostName, @Nullable StoredHost> change : changes.hosts().entrySet()) {
            StoredHost host = change.getValue();
            if (host == null) {
                hosts.remove(change.getKey());
            } else {
                hosts.put(change.getKey(), host);
            }
        }
        shown = changes.upTo();
    }
}
