package org.migreg.policystore;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.migreg.history.Change;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.migreg.revision.NoSuchRevisionException;
import org.migreg.revision.StaleVersionException;
import org.migreg.storage.Database;
import org.migreg.storage.RunningStores;

/** What the tables' store promises, on every database. Each test has machine types of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PolicyStoreKit {

    private static final String TCR2 = "TCR2_EL1";
    private static final String PIR = "PIR_EL1";
    private static final int EVERY_REVISION = 1000;

    private Database database;
    private RunningStores stores;

    abstract Database database();

    @BeforeAll
    void start() {
        database = database();
        stores = RunningStores.on(database);
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    private PolicyStore store() {
        return stores.policies();
    }

    private static MachineType machineType(String name) {
        return new MachineType(name, "aarch64", null, "");
    }

    private static MachineType heir(String name, String inheritsFrom) {
        return new MachineType(name, "aarch64", inheritsFrom, "");
    }

    private static EntryContent safeMissing(String machineType, String register, String range) {
        return new EntryContent(
                        machineType,
                        CompatProperty.SAFE_MISSING_REGS,
                        RegisterId.parseLenient(register),
                        KernelRange.parse(range),
                        null,
                        "known event")
                .withReferences(List.of("0fcb4eea5345"));
    }

    private static VersionedEdit create(MachineType machineType) {
        return new TableEdit.PutMachineType(machineType).expecting(ExpectedVersion.absent());
    }

    private static VersionedEdit replace(MachineType machineType, ExpectedVersion expected) {
        return new TableEdit.PutMachineType(machineType).expecting(expected);
    }

    private static VersionedEdit delete(String machineType, ExpectedVersion expected) {
        return new TableEdit.DeleteMachineType(machineType).expecting(expected);
    }

    private static VersionedEdit add(EntryContent entry) {
        return new TableEdit.AddEntry(entry).expecting(ExpectedVersion.any());
    }

    private static VersionedEdit replace(PolicyEntry entry, ExpectedVersion expected) {
        return new TableEdit.ReplaceEntry(entry.id(), entry.content()).expecting(expected);
    }

    private static VersionedEdit delete(String machineType, long id, ExpectedVersion expected) {
        return new TableEdit.DeleteEntry(machineType, id).expecting(expected);
    }

    private Applied apply(VersionedEdit... edits) {
        return store().apply(List.of(edits), "alice", "test");
    }

    private Applied create(String name) {
        return apply(create(machineType(name)));
    }

    private PolicyEntry entry(String machineType, long id) {
        PolicyEntry entry = store().current().table().entry(machineType, id);
        assertThat(entry).isNotNull();
        return entry;
    }

    private static PolicyEntry withRationale(PolicyEntry entry, String rationale) {
        return new PolicyEntry(
                entry.id(),
                new EntryContent(
                                entry.machineType(),
                                entry.property(),
                                entry.register(),
                                entry.kernels(),
                                entry.condition(),
                                rationale)
                        .withReferences(entry.references()));
    }

    @Test
    void aWriteIsOneRevisionThatChangesAllAtOnce() {
        Instant before = Instant.now().minusSeconds(1);
        Applied applied = store().apply(
                        List.of(
                                create(machineType("once-2")),
                                create(heir("once-1", "once-2")),
                                add(safeMissing("once-1", TCR2, "upstream/>=6.13"))),
                        "Ünal Ğ 🙂",
                        "first\nand second line");

        assertThat(applied.changed()).isTrue();
        assertThat(applied.newEntryIds()).hasSize(1);
        assertThat(store().current()).isSameAs(applied.revision());
        Revision revision = stores.log().latest().orElseThrow();
        assertThat(revision.number()).isEqualTo(applied.revision().number());
        assertThat(revision.author()).isEqualTo("Ünal Ğ 🙂");
        assertThat(revision.reason()).isEqualTo("first\nand second line");
        assertThat(revision.kind()).isEqualTo(RevisionKind.TABLES);
        assertThat(revision.at()).isBetween(before, Instant.now());
        assertThat(applied.revision().versionOf("once-1")).isEqualTo(revision.number());
        assertThat(applied.revision().versionOfEntry(applied.newEntryIds().getFirst()))
                .isEqualTo(revision.number());
        assertThat(applied.revision().table().inheritanceChain("once-1")).containsExactly("once-1", "once-2");
    }

    @Test
    void onlyWhatChangedGetsANewVersion() {
        create("part-1");
        long created = store().current().number();
        List<Long> ids = apply(
                        add(safeMissing("part-1", TCR2, "upstream/>=6.13")),
                        add(safeMissing("part-1", PIR, "upstream/>=6.13")))
                .newEntryIds();
        long added = store().current().number();

        apply(replace(withRationale(entry("part-1", ids.getFirst()), "better"), ExpectedVersion.of(added)));

        TableRevision now = store().current();
        assertThat(now.versionOf("part-1")).isEqualTo(created);
        assertThat(now.versionOfEntry(ids.getFirst())).isEqualTo(now.number()).isGreaterThan(added);
        assertThat(now.versionOfEntry(ids.getLast())).isEqualTo(added);
    }

    @Test
    void whoeverEditsWhatTheyHaveNotSeenIsRefused() {
        create("stale-1");
        long id = apply(add(safeMissing("stale-1", TCR2, "upstream/>=6.13")))
                .newEntryIds()
                .getFirst();
        long seen = store().current().versionOfEntry(id);
        long machineTypeSeen = store().current().versionOf("stale-1");
        apply(replace(withRationale(entry("stale-1", id), "by somebody else"), ExpectedVersion.of(seen)));
        apply(replace(new MachineType("stale-1", "aarch64", null, "new"), ExpectedVersion.of(machineTypeSeen)));
        TableRevision now = store().current();

        assertThatThrownBy(() -> apply(replace(withRationale(entry("stale-1", id), "mine"), ExpectedVersion.of(seen))))
                .isInstanceOfSatisfying(StaleVersionException.class, stale -> {
                    assertThat(stale.expected()).isEqualTo(ExpectedVersion.of(seen));
                    assertThat(stale.actual()).isEqualTo(now.versionOfEntry(id));
                })
                .hasMessageContaining("read it again");
        assertThatThrownBy(() -> apply(delete("stale-1", id, ExpectedVersion.of(seen))))
                .isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> apply(replace(machineType("stale-1"), ExpectedVersion.of(machineTypeSeen))))
                .isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> apply(delete("stale-1", ExpectedVersion.of(machineTypeSeen))))
                .isInstanceOf(StaleVersionException.class);
        assertThat(store().current()).isSameAs(now);

        apply(delete("stale-1", id, ExpectedVersion.present()));
        assertThat(store().current().table().entry("stale-1", id)).isNull();
    }

    @Test
    void aPlanMeetsWhatOthersDidMeanwhile() {
        create("plan-1");
        apply(add(safeMissing("plan-1", TCR2, "upstream/>=6.13")));
        TableRevision seen = store().current();
        PolicyTable before = seen.table();
        PolicyTable without = PolicyTable.of(
                before.machineTypes().stream()
                        .filter(machineType -> !machineType.name().equals("plan-1"))
                        .toList(),
                before.allEntries().stream()
                        .filter(entry -> !entry.machineType().equals("plan-1"))
                        .toList());
        List<VersionedEdit> deletion = TableDifference.between(before, without).toEdits(seen);
        List<VersionedEdit> creation = TableDifference.between(without, before).toEdits(seen);
        PolicyEntry entry = before.ownEntries("plan-1").getFirst();
        apply(replace(withRationale(entry, "others know better"), ExpectedVersion.present()));

        assertThatThrownBy(() -> apply(deletion.toArray(VersionedEdit[]::new)))
                .isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> apply(creation.toArray(VersionedEdit[]::new)))
                .isInstanceOf(MachineTypeExistsException.class);
        assertThat(entry("plan-1", entry.id()).rationale()).isEqualTo("others know better");
    }

    @Test
    void whatIsNotThereOrThereAlreadyIsNamed() {
        create("there-1");
        long id = apply(add(safeMissing("there-1", TCR2, "upstream/>=6.13")))
                .newEntryIds()
                .getFirst();
        create("there-2");
        TableRevision before = store().current();

        assertThatThrownBy(() -> apply(replace(machineType("nowhere"), ExpectedVersion.present())))
                .isInstanceOf(NoSuchMachineTypeException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> apply(delete("nowhere", ExpectedVersion.present())))
                .isInstanceOf(NoSuchMachineTypeException.class);
        assertThatThrownBy(() -> apply(add(safeMissing("nowhere", TCR2, "upstream/>=6.13"))))
                .isInstanceOf(NoSuchMachineTypeException.class);
        assertThatThrownBy(() -> apply(delete("nowhere", id, ExpectedVersion.present())))
                .isInstanceOf(NoSuchMachineTypeException.class);
        assertThatThrownBy(() -> apply(delete("there-2", id, ExpectedVersion.present())))
                .isInstanceOfSatisfying(
                        NoSuchEntryException.class,
                        missing -> assertThat(missing.machineType()).isEqualTo("there-2"));
        assertThatThrownBy(() -> create("there-1")).isInstanceOf(MachineTypeExistsException.class);
        assertThatThrownBy(() -> before.versionOf("nowhere")).isInstanceOf(NoSuchMachineTypeException.class);
        assertThatThrownBy(() -> before.versionOfEntry(Long.MAX_VALUE)).isInstanceOf(NoSuchEntryException.class);
        assertThat(store().current()).isSameAs(before);
    }

    @Test
    void aMachineTypeWithHeirsStaysAndOneWithoutTakesItsEntriesAlong() {
        apply(
                create(machineType("heirs-2")),
                create(heir("heirs-1", "heirs-2")),
                add(safeMissing("heirs-1", TCR2, "upstream/>=6.13")));

        assertThatThrownBy(() -> apply(delete("heirs-2", ExpectedVersion.present())))
                .isInstanceOfSatisfying(
                        MachineTypeInUseException.class,
                        inUse -> assertThat(inUse.heirs()).containsExactly("heirs-1"));
        apply(delete("heirs-2", ExpectedVersion.present()), delete("heirs-1", ExpectedVersion.present()));

        assertThat(store().current().table().machineType("heirs-1")).isNull();
        assertThat(store().current().table().machineType("heirs-2")).isNull();
        assertThat(store().current().table().ownEntries("heirs-1")).isEmpty();
    }

    @Test
    void oneRefusedEditUndoesAllOfThem() {
        create("whole-1");
        TableRevision before = store().current();
        List<Revision> revisions = stores.log().listAfter(0, EVERY_REVISION);

        assertThatThrownBy(() -> apply(
                        add(safeMissing("whole-1", TCR2, "upstream/>=6.13")),
                        add(safeMissing("whole-1", TCR2, "upstream/>=6.13"))))
                .isInstanceOfSatisfying(
                        PolicyTable.InvalidTableException.class,
                        invalid -> assertThat(invalid.reason()).isEqualTo(PolicyTable.Reason.DUPLICATE_ENTRY));
        assertThatThrownBy(() -> apply(
                        add(safeMissing("whole-1", PIR, "upstream/>=6.13")),
                        replace(heir("whole-1", "nowhere"), ExpectedVersion.present())))
                .isInstanceOfSatisfying(
                        PolicyTable.InvalidTableException.class,
                        invalid -> assertThat(invalid.reason()).isEqualTo(PolicyTable.Reason.UNKNOWN_PARENT));

        assertThat(store().current()).isSameAs(before);
        assertThat(stores.log().listAfter(0, EVERY_REVISION)).isEqualTo(revisions);
        try (RunningStores reopened = databaseIsShared() ? RunningStores.on(database) : null) {
            if (reopened != null) {
                assertThat(reopened.policies().current().number()).isEqualTo(before.number());
            }
        }
    }

    /** Whether a second process may open the database beside the first. */
    abstract boolean databaseIsShared();

    @Test
    void textThatADatabaseCannotKeepIsRefusedBeforehand() {
        create("text-1");
        TableRevision before = store().current();

        assertThatThrownBy(() -> store().apply(List.of(), "a\0b", "why"))
                .hasMessageContaining("author")
                .hasMessageContaining("U+0000");
        assertThatThrownBy(() -> store().apply(List.of(), "alice", " ")).hasMessageContaining("reason");
        assertThatThrownBy(() -> store().apply(List.of(), "a".repeat(201), "why"))
                .hasMessageContaining("201");
        assertThatThrownBy(() -> apply(create(new MachineType("text-2", "arm", null, "\ud83d"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+D83D at position 0");
        assertThat(store().current()).isSameAs(before);
    }

    @Test
    void editsThatChangeNothingMakeNoRevision() {
        create("same-1");
        long id = apply(add(safeMissing("same-1", TCR2, "upstream/>=6.13")))
                .newEntryIds()
                .getFirst();
        TableRevision before = store().current();

        Applied applied = apply(
                replace(machineType("same-1"), ExpectedVersion.present()),
                replace(entry("same-1", id), ExpectedVersion.of(before.versionOfEntry(id))),
                create(machineType("same-2")),
                delete("same-2", ExpectedVersion.present()));

        assertThat(applied.changed()).isFalse();
        assertThat(applied.revision()).isSameAs(before);
        assertThat(stores.log().latest().orElseThrow().number())
                .isGreaterThanOrEqualTo(before.number())
                .isEqualTo(stores.log().head().revision());
    }

    @Test
    void aPreviewShowsTheResultAndKeepsNothing() {
        create("preview-1");
        TableRevision before = store().current();

        TablePreview preview =
                store().preview(new TableEdit.AddEntry(safeMissing("preview-1", TCR2, "upstream/>=6.13")));

        assertThat(preview.changesAnything()).isTrue();
        assertThat(preview.after().ownEntries("preview-1")).hasSize(1);
        assertThat(store().current()).isSameAs(before);
        assertThatThrownBy(() -> store().preview(before, List.of(delete("preview-1", ExpectedVersion.of(0)))))
                .isInstanceOf(StaleVersionException.class);
        assertThat(store().preview(before, List.of()).changesAnything()).isFalse();
    }

    @Test
    void pastTablesAreReadAsTheyWere() {
        create("past-1");
        TableRevision empty = store().current();
        long id = apply(add(safeMissing("past-1", TCR2, "upstream/>=6.13|<7.0")))
                .newEntryIds()
                .getFirst();
        TableRevision added = store().current();
        apply(replace(withRationale(entry("past-1", id), "changed"), ExpectedVersion.present()));
        TableRevision changed = store().current();
        apply(delete("past-1", ExpectedVersion.present()));

        assertThat(store().at(empty.number())).satisfies(then -> same(then, empty));
        assertThat(store().at(added.number())).satisfies(then -> same(then, added));
        assertThat(store().at(changed.number())).satisfies(then -> same(then, changed));
        assertThat(store().at(store().current().number())).isSameAs(store().current());
        assertThat(store().at(0).table().machineTypes()).isEmpty();
        assertThatThrownBy(() -> store().at(1_000_000))
                .isInstanceOfSatisfying(
                        NoSuchRevisionException.class,
                        missing -> assertThat(missing.latest())
                                .isEqualTo(stores.log().head().revision()));
        assertThatThrownBy(() -> store().at(-1)).isInstanceOf(NoSuchRevisionException.class);
    }

    private static void same(TableRevision there, TableRevision expected) {
        assertThat(there.number()).isEqualTo(expected.number());
        assertThat(there.table().machineTypes())
                .containsExactlyElementsOf(expected.table().machineTypes());
        assertThat(there.table().allEntries()).isEqualTo(expected.table().allEntries());
        assertThat(there.machineTypeVersions()).isEqualTo(expected.machineTypeVersions());
        assertThat(there.entryVersions()).isEqualTo(expected.entryVersions());
    }

    @Test
    void aRevisionTellsWhatWasBeforeAndAfter() {
        String register = RegisterId.parseLenient(TCR2).toString();
        String head = "{\"id\":%d,\"machineType\":\"change-1\",\"property\":\"x-mig-safe-missing-regs\",\"register\":\""
                + register + "\",\"kernels\":{\"stream\":\"upstream\",\"range\":\">=6.13\"},\"condition\":";
        Applied applied = apply(
                create(machineType("change-1")),
                add(new EntryContent(
                                "change-1",
                                CompatProperty.SAFE_MISSING_REGS,
                                RegisterId.parseLenient(TCR2),
                                KernelRange.parse("upstream/>=6.13"),
                                new ValueCondition(-1, 0),
                                "say \"why\"")
                        .withReferences(List.of("one", "two"))));
        long id = applied.newEntryIds().getFirst();
        String added = head.formatted(id) + "{\"mask\":\"0xffffffffffffffff\",\"expected\":\"0x0\"},"
                + "\"rationale\":\"say \\\"why\\\"\",\"references\":[\"one\",\"two\"]}";
        String created =
                "{\"name\":\"change-1\",\"architecture\":\"aarch64\",\"inheritsFrom\":null,\"description\":\"\"}";
        long first = applied.revision().number();
        long second = apply(replace(withRationale(entry("change-1", id), "because"), ExpectedVersion.of(first)))
                .revision()
                .number();
        String changed = added.replace("say \\\"why\\\"", "because");
        long third =
                apply(delete("change-1", ExpectedVersion.of(first))).revision().number();

        assertThat(stores.log().changes(first).changes())
                .containsExactly(
                        new Change(Change.Subject.MACHINE_TYPE, "change-1", null, created),
                        new Change(Change.Subject.ENTRY, Long.toString(id), null, added));
        assertThat(stores.log().changes(second).changes())
                .containsExactly(new Change(Change.Subject.ENTRY, Long.toString(id), added, changed));
        assertThat(stores.log().changes(third).changes())
                .containsExactly(
                        new Change(Change.Subject.MACHINE_TYPE, "change-1", created, null),
                        new Change(Change.Subject.ENTRY, Long.toString(id), changed, null));
        assertThat(stores.log().changes(third).revision())
                .isEqualTo(stores.log().get(third));
        assertThatThrownBy(() -> stores.log().changes(1_000_000)).isInstanceOf(NoSuchRevisionException.class);
    }

    @Test
    void entryIdsAreNeverUsedAgain() {
        create("ids-1");
        long first = apply(add(safeMissing("ids-1", TCR2, "upstream/>=6.13")))
                .newEntryIds()
                .getFirst();
        apply(delete("ids-1", first, ExpectedVersion.present()));

        long second = apply(add(safeMissing("ids-1", TCR2, "upstream/>=6.13")))
                .newEntryIds()
                .getFirst();

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void listingsRunBothWaysAndStopWhereTheyAreTold() {
        create("list-1");
        create("list-2");
        long newest = stores.log().latest().orElseThrow().number();

        assertThat(stores.log().listBefore(Long.MAX_VALUE, 2))
                .extracting(Revision::number)
                .containsExactly(newest, newest - 1);
        assertThat(stores.log().listAfter(newest - 2, EVERY_REVISION))
                .extracting(Revision::number)
                .containsExactly(newest - 1, newest);
        assertThat(stores.log().listAfter(newest, EVERY_REVISION)).isEmpty();
        assertThat(stores.log().listBefore(RevisionKind.TABLES, newest, 1))
                .extracting(Revision::number)
                .containsExactly(newest - 1);
        assertThat(stores.log().listBefore(RevisionKind.HOSTS, Long.MAX_VALUE, 1))
                .isEmpty();
        assertThatThrownBy(() -> stores.log().listAfter(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyWritersLoseNoUpdateAndNumbersHaveNoGap() throws Exception {
        create("many-1");
        List<Long> ids = apply(IntStream.range(0, 4)
                        .mapToObj(i -> add(safeMissing("many-1", TCR2, "upstream/>=6." + i)))
                        .toArray(VersionedEdit[]::new))
                .newEntryIds();
        long before = stores.log().head().revision();
        int writers = 8;
        int writesEach = 5;

        List<Integer> refusals = race(IntStream.range(0, writers)
                .mapToObj(writer -> (Callable<Integer>) () -> appendLines(ids, writer, writesEach))
                .toList());

        // Every writer appended its lines to the text of every entry: each is there once.
        for (long id : ids) {
            List<String> lines = List.of(entry("many-1", id).rationale().split("\n"));
            assertThat(lines.subList(1, lines.size()))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, writers * writesEach)
                            .filter(line -> ids.get(line % ids.size()) == id)
                            .mapToObj(line -> "line " + line)
                            .toList());
        }
        assertThat(refusals).hasSize(writers);
        long after = stores.log().head().revision();
        assertThat(after - before).isEqualTo((long) writers * writesEach);
        assertThat(stores.log().listAfter(before, EVERY_REVISION))
                .extracting(Revision::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(before + 1, after).boxed().toList());
    }

    /** Appends lines as a careful client does: read, edit, send with the version read, and anew when refused. */
    private int appendLines(List<Long> ids, int writer, int writes) {
        int refusals = 0;
        for (int i = 0; i < writes; ) {
            int line = writer * writes + i;
            long id = ids.get(line % ids.size());
            TableRevision seen = store().current();
            PolicyEntry entry = seen.table().entry("many-1", id);
            try {
                apply(replace(
                        withRationale(entry, entry.rationale() + "\nline " + line),
                        ExpectedVersion.of(seen.versionOfEntry(id))));
                i++;
            } catch (StaleVersionException somebodyWasFaster) {
                refusals++;
            }
        }
        return refusals;
    }

    private static <T> List<T> race(List<Callable<T>> runners) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(runners.size())) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> runner : runners) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return runner.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void oneOfManyThatCreateTheSameWins() throws Exception {
        List<Boolean> created = race(Collections.nCopies(6, () -> {
            try {
                create("race-1");
                return true;
            } catch (MachineTypeExistsException somebodyWasFaster) {
                return false;
            }
        }));

        assertThat(created).containsOnlyOnce(true);
        assertThat(store().current().table().machineType("race-1")).isNotNull();
    }

    @Test
    void readersSeeWholeRevisionsThatNeverGoBack() throws Exception {
        apply(create(machineType("whole-a")), create(machineType("whole-b")));
        CountDownLatch done = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Long> reads = executor.submit(() -> {
                long count = 0;
                long last = 0;
                do {
                    TableRevision seen = store().current();
                    assertThat(seen.number()).isGreaterThanOrEqualTo(last);
                    assertThat(seen.table().machineType("whole-a").description())
                            .isEqualTo(seen.table().machineType("whole-b").description());
                    last = seen.number();
                    count++;
                } while (done.getCount() > 0);
                return count;
            });
            for (int i = 0; i < 10; i++) {
                apply(
                        replace(new MachineType("whole-a", "aarch64", null, "text " + i), ExpectedVersion.present()),
                        replace(new MachineType("whole-b", "aarch64", null, "text " + i), ExpectedVersion.present()));
            }
            done.countDown();
            assertThat(reads.get()).isPositive();
        }
    }

    @Test
    void everyKindOfKernelRangeComesBackAsItWas() {
        create("ranges-1");
        List<KernelRange> ranges = List.of(
                KernelRange.any(),
                KernelRange.parse("upstream/>=6.1.84|<6.2|>=6.6.30|<6.7"),
                KernelRange.parse("upstream/!=6.16.3"),
                KernelRange.parse("el9/>=5.14.0-503"),
                KernelRange.parse("ubuntu/>=6.8.0-45"),
                KernelRange.parse("amzn2023/*"));
        apply(ranges.stream()
                .map(range -> add(safeMissing("ranges-1", TCR2, range.toString())))
                .toArray(VersionedEdit[]::new));
        long number = store().current().number();
        create("ranges-2");

        assertThat(store().at(number).table().ownEntries("ranges-1"))
                .extracting(PolicyEntry::kernels)
                .containsExactlyElementsOf(ranges);
    }

    @Test
    void aRestartFindsEverythingAsItWas() {
        create("restart-1");
        apply(add(safeMissing("restart-1", TCR2, "upstream/>=6.13")));
        TableRevision before = store().current();
        List<Revision> revisions = stores.log().listAfter(0, EVERY_REVISION);

        stores.close();
        stores = RunningStores.on(database);

        same(store().current(), before);
        assertThat(stores.log().listAfter(0, EVERY_REVISION)).isEqualTo(revisions);
        long nextId = apply(add(safeMissing("restart-1", PIR, "upstream/>=6.13")))
                .newEntryIds()
                .getFirst();
        assertThat(before.entryVersions()).doesNotContainKey(nextId);
        assertThat(nextId).isEqualTo(before.highestEntryId() + 1);
    }

    @Test
    void thousandsOfEntriesGoInAtOnce() {
        create("bulk-1");
        List<VersionedEdit> edits = IntStream.range(0, 2500)
                .mapToObj(i -> add(safeMissing(
                        "bulk-1",
                        RegisterId.ofSystemRegister(3, i % 8, i / 8 % 16, i / 128 % 16, i / 2048)
                                .toString(),
                        "upstream/>=6.13")))
                .toList();
        Applied applied = store().apply(edits, "alice", "bulk");

        assertThat(store().current().table().ownEntries("bulk-1")).hasSize(2500);
        apply(delete("bulk-1", ExpectedVersion.present()));
        assertThat(store().at(applied.revision().number()).table().ownEntries("bulk-1"))
                .extracting(PolicyEntry::id)
                .containsExactlyInAnyOrderElementsOf(applied.newEntryIds());
        assertThat(store().current().entryVersions())
                .doesNotContainKeys(applied.newEntryIds().toArray(Long[]::new));
        assertThat(stores.log().changes(applied.revision().number()).changes().stream()
                        .collect(toMap(Change::key, Change::subject)))
                .hasSize(2500);
    }
}
