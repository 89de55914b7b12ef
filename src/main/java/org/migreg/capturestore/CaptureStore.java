package org.migreg.capturestore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.StoredCapture;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.history.StorableText;
import org.migreg.revision.Head;
import org.migreg.revision.RevisionFollower;
import org.migreg.revision.RevisionLog;
import org.migreg.revision.RevisionWriter;
import org.springframework.stereotype.Component;

/**
 * Keeps captures, each once under its id. Reading is from memory and never waits; adding is one transaction and at
 * most one revision, and shows only once it is on disk. Safe for use by many threads, and by several instances on
 * one database.
 */
@Component
public class CaptureStore implements RevisionFollower {

    private final CaptureArchive archive;
    private final RevisionWriter writer;
    private final AtomicReference<CaptureIndex> newest;

    CaptureStore(CaptureArchive archive, RevisionWriter writer, RevisionLog log) {
        this.archive = archive;
        this.writer = writer;
        this.newest = new AtomicReference<>(
                archive.readOn(CaptureIndex.NOTHING, log.head().of(RevisionKind.CAPTURES)));
    }

    /** The newest captures, from memory; other instances' additions are seen with a short delay. */
    public CaptureIndex current() {
        return newest.get();
    }

    public Optional<StoredCapture> byId(CaptureId id) {
        return newest.get().byId(id);
    }

    /**
     * Adds captures, all or none, as one revision. One that is there already stays as it is, except that attributes
     * it lacks (MIDR, masks, hardware NV) are taken from the given one. Where nothing is new, no revision is made.
     *
     * @param author 1 to 200 characters
     * @param reason 1 to 2,000 characters
     * @throws IllegalArgumentException when a text cannot be stored
     */
    public Added add(List<Capture> captures, String author, String reason) {
        captures.forEach(CaptureStore::requireStorable);
        List<CaptureId> ids = captures.stream().map(Capture::id).toList();
        Merge alreadyThere = new Merge(newest.get());
        alreadyThere.takeAll(ids, captures);
        if (!alreadyThere.changesAnything()) {
            return alreadyThere.added(ids, newest.get());
        }
        return writer.write(
                        RevisionKind.CAPTURES,
                        author,
                        reason,
                        writing -> {
                            Merge merge = new Merge(archive.readOn(newest.get(), writing.previous()));
                            merge.takeAll(ids, captures);
                            return merge.write(ids, writing);
                        },
                        written -> show(written.index()))
                .added();
    }

    private static void requireStorable(Capture capture) {
        if (capture.kernelPackage() != null) {
            StorableText.require("package", capture.kernelPackage());
        }
        StorableText.require("source", capture.origin());
    }

    @Override
    public void follow(Head head) {
        CaptureIndex known = newest.get();
        if (head.captures() > known.revision()) {
            show(archive.readOn(known, head.captures()));
        }
    }

    private void show(CaptureIndex candidate) {
        newest.accumulateAndGet(candidate, (shown, other) -> other.revision() > shown.revision() ? other : shown);
    }

    private record Written(Added added, CaptureIndex index) {}

    /** Given captures laid over those that are there. */
    private final class Merge {

        private final CaptureIndex before;
        private final Map<CaptureId, Capture> results = new LinkedHashMap<>();
        private final Set<CaptureId> created = new LinkedHashSet<>();
        private final Set<CaptureId> completed = new LinkedHashSet<>();

        Merge(CaptureIndex before) {
            this.before = before;
        }

        void takeAll(List<CaptureId> ids, List<Capture> captures) {
            for (int i = 0; i < ids.size(); i++) {
                take(ids.get(i), captures.get(i));
            }
        }

        private void take(CaptureId id, Capture given) {
            Capture there = results.get(id);
            if (there == null) {
                there = before.byId(id).map(StoredCapture::capture).orElse(null);
            }
            if (there == null) {
                results.put(id, given);
                created.add(id);
                return;
            }
            Capture merged = completed(there, given);
            results.put(id, merged);
            if (!created.contains(id) && !merged.equals(there)) {
                completed.add(id);
            }
        }

        private static Capture completed(Capture there, Capture given) {
            return new Capture(
                    there.registers(),
                    there.kernel(),
                    there.kernelPackage(),
                    there.cpuModel(),
                    there.midr() == null ? given.midr() : there.midr(),
                    there.accelerator(),
                    there.qemu(),
                    there.machineType(),
                    there.vcpuFeatureSet(),
                    there.vcpuFeatures(),
                    there.masks() == null ? given.masks() : there.masks(),
                    there.hardwareNv() == null ? given.hardwareNv() : there.hardwareNv(),
                    there.origin(),
                    there.cpu());
        }

        boolean changesAnything() {
            return !created.isEmpty() || !completed.isEmpty();
        }

        Written write(List<CaptureId> ids, RevisionWriter.Writing writing) {
            if (!changesAnything()) {
                return new Written(added(ids, before), before);
            }
            Revision revision = writing.revision();
            List<StoredCapture> inserted = created.stream()
                    .map(id -> new StoredCapture(id, result(id), revision.at(), revision.number()))
                    .toList();
            List<StoredCapture> updated = completed.stream()
                    .map(id -> new StoredCapture(
                            id, result(id), before.byId(id).orElseThrow().addedAt(), revision.number()))
                    .toList();
            archive.insert(inserted, revision);
            archive.complete(updated, revision);
            CaptureIndex after = before.with(
                    revision.number(),
                    Stream.concat(inserted.stream(), updated.stream()).toList());
            return new Written(added(ids, after), after);
        }

        private Capture result(CaptureId id) {
            Capture result = results.get(id);
            if (result == null) {
                throw new IllegalArgumentException(id + " was not given");
            }
            return result;
        }

        Added added(List<CaptureId> ids, CaptureIndex index) {
            List<Added.Item> items = new ArrayList<>();
            Set<CaptureId> given = new HashSet<>();
            for (CaptureId id : ids) {
                boolean isFirst = given.add(id);
                items.add(new Added.Item(
                        index.byId(id).orElseThrow(), isFirst && created.contains(id), completed.contains(id)));
            }
            return new Added(items, index.revision());
        }
    }
}
