package org.migreg.expectationstore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Expectation;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.RevisionKind;
import org.migreg.history.StorableText;
import org.migreg.question.expectation.ExpectationSet;
import org.migreg.question.expectation.NoSuchExpectationException;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.revision.Head;
import org.migreg.revision.RevisionFollower;
import org.migreg.revision.RevisionLog;
import org.migreg.revision.RevisionWriter;
import org.migreg.revision.StaleVersionException;
import org.springframework.stereotype.Component;

/**
 * Keeps expectations. Reading the present is from memory and never waits; a write is one transaction and at most one
 * revision, and shows only once it is on disk. Safe for use by many threads, and by several instances on one database.
 *
 * <p>An author has 1 to 200 characters, a reason 1 to 2,000; the version of an expectation is the revision that
 * last changed it.
 */
@Component
public class ExpectationStore implements RevisionFollower {

    /** Each is tried at every change of the tables. */
    public static final int MOST = 1000;

    private final ExpectationArchive archive;
    private final RevisionWriter writer;
    private final AtomicReference<ExpectationSet> newest;

    ExpectationStore(ExpectationArchive archive, RevisionWriter writer, RevisionLog log) {
        this.archive = archive;
        this.writer = writer;
        this.newest = new AtomicReference<>(archive.read(log.head().of(RevisionKind.EXPECTATIONS)));
    }

    /** The expectations now, from memory; other instances' writes are seen with a short delay. */
    public ExpectationSet current() {
        return newest.get();
    }

    /**
     * @throws IllegalArgumentException when a text cannot be stored, or there are {@value #MOST} already
     */
    public StoredExpectation add(Expectation expectation, String description, String author, String reason) {
        requireStorable(expectation, description);
        return write(author, reason, (writing, there) -> {
            if (there.all().size() >= MOST) {
                throw new IllegalArgumentException("there are " + MOST + " expectations, which is all that are kept");
            }
            StoredExpectation added = new StoredExpectation(
                    archive.nextId(),
                    expectation,
                    description,
                    writing.revision().number());
            archive.begin(added);
            return new Written(added, with(there, added.id(), added));
        });
    }

    /**
     * Gives an expectation another content; the one that it has already changes nothing.
     *
     * @throws NoSuchExpectationException when it is not there
     * @throws StaleVersionException when it has another version
     * @throws IllegalArgumentException when a text cannot be stored
     */
    public StoredExpectation replace(
            long id,
            ExpectedVersion expected,
            Expectation expectation,
            String description,
            String author,
            String reason) {
        requireStorable(expectation, description);
        return write(author, reason, (writing, there) -> {
            StoredExpectation before = seen(there, id, expected);
            if (before.expectation().equals(expectation) && before.description().equals(description)) {
                return new Written(before, there);
            }
            StoredExpectation after = new StoredExpectation(
                    id, expectation, description, writing.revision().number());
            archive.end(id, after.revision());
            archive.begin(after);
            return new Written(after, with(there, id, after));
        });
    }

    /**
     * Removes an expectation; the revisions keep what it was.
     *
     * @throws NoSuchExpectationException when it is not there
     * @throws StaleVersionException when it has another version
     */
    public void remove(long id, ExpectedVersion expected, String author, String reason) {
        write(author, reason, (writing, there) -> {
            StoredExpectation before = seen(there, id, expected);
            archive.end(id, writing.revision().number());
            return new Written(before, with(there, id, null));
        });
    }

    @FunctionalInterface
    private interface Work {
        Written on(RevisionWriter.Writing writing, ExpectationSet there);
    }

    private record Written(StoredExpectation stored, ExpectationSet set) {}

    private StoredExpectation write(String author, String reason, Work work) {
        return writer.write(
                        RevisionKind.EXPECTATIONS,
                        author,
                        reason,
                        writing -> {
                            ExpectationSet inMemory = newest.get();
                            ExpectationSet there = inMemory.revision() == writing.previous()
                                    ? inMemory
                                    : archive.read(writing.previous());
                            Written written = work.on(writing, there);
                            return written.set().equals(there)
                                    ? written
                                    : new Written(
                                            written.stored(),
                                            new ExpectationSet(
                                                    writing.revision().number(),
                                                    written.set().all()));
                        },
                        written -> show(written.set()))
                .stored();
    }

    private static ExpectationSet with(ExpectationSet set, long id, @Nullable StoredExpectation now) {
        List<StoredExpectation> all = new ArrayList<>();
        boolean replaced = false;
        for (StoredExpectation one : set.all()) {
            if (one.id() != id) {
                all.add(one);
            } else if (now != null) {
                all.add(now);
                replaced = true;
            }
        }
        if (now != null && !replaced) {
            all.add(now);
        }
        return new ExpectationSet(set.revision(), all);
    }

    private static StoredExpectation seen(ExpectationSet there, long id, ExpectedVersion expected) {
        StoredExpectation stored = there.get(id);
        if (!expected.isMetBy(stored.revision())) {
            throw new StaleVersionException(
                    "expectation " + id + " was last changed by revision " + stored.revision(),
                    expected,
                    stored.revision());
        }
        return stored;
    }

    private static void requireStorable(Expectation expectation, String description) {
        StorableText.require("description", description);
        String cpuModel = expectation.cpuModel();
        if (cpuModel != null) {
            StorableText.require("cpuModel", cpuModel);
        }
    }

    @Override
    public void follow(Head head) {
        if (head.expectations() > newest.get().revision()) {
            show(archive.read(head.expectations()));
        }
    }

    private void show(ExpectationSet candidate) {
        newest.accumulateAndGet(candidate, (shown, other) -> other.revision() > shown.revision() ? other : shown);
    }
}
