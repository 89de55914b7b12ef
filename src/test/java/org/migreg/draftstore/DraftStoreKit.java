package org.migreg.draftstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.migreg.history.ExpectedVersion;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.migreg.revision.StaleVersionException;
import org.migreg.storage.Database;
import org.migreg.storage.RunningStores;

/** What the store of drafts promises, on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DraftStoreKit {

    private static final EntryContent PLAIN = entry(null, "plain", List.of());

    private static final List<TableEdit> EVERY_KIND = List.of(
            new TableEdit.PutMachineType(new MachineType("virt-9.9", "arm", "virt-10.0", "a \"quoted\" line\nof two")),
            new TableEdit.PutMachineType(new MachineType("virt-12.0", "aarch64", null, "")),
            new TableEdit.AddEntry(PLAIN),
            new TableEdit.ReplaceEntry(
                    7, entry(new ValueCondition(-1, 0), "with a condition 🙂", List.of("linux c0000e58c74e", "bug 1"))),
            new TableEdit.DeleteEntry("virt-11.1", 8),
            new TableEdit.DeleteMachineType("virt-9.8"));

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

    private static EntryContent entry(ValueCondition condition, String rationale, List<String> references) {
        return new EntryContent(
                        "virt-10.2",
                        CompatProperty.SAFE_MISSING_REGS,
                        RegisterId.parseLenient("TCR2_EL1"),
                        KernelRange.parse("upstream/>=6.13|<6.20"),
                        condition,
                        rationale)
                .withReferences(references);
    }

    private static DraftContent content(TableEdit... edits) {
        return new DraftContent("what for", 3, List.of(edits));
    }

    private StoredDraft create(String name) {
        return stores.drafts().create(new DraftName(name), content(new TableEdit.AddEntry(PLAIN)), "alice");
    }

    @Test
    void aDraftIsReadAsItWasWrittenAlsoAfterARestart() {
        DraftContent content = new DraftContent("Ünal's 🙂", 12, EVERY_KIND);
        StoredDraft written = stores.drafts().create(new DraftName("whole"), content, "alice");

        assertThat(written.content()).isEqualTo(content);
        assertThat(written.isOpen()).isTrue();
        assertThat(written.createdBy()).isEqualTo("alice");
        assertThat(stores.drafts().get(new DraftName("whole"))).isEqualTo(written);
        stores.close();
        stores = RunningStores.on(database);
        assertThat(stores.drafts().get(new DraftName("whole"))).isEqualTo(written);
        assertThat(stores.drafts().all()).contains(written);
    }

    @Test
    void aChangeKeepsWhoMadeTheDraftAndSaysWhoChangedItLast() {
        StoredDraft first = create("changed");
        StoredDraft second = stores.drafts()
                .replace(
                        first.name(),
                        ExpectedVersion.of(first.version()),
                        content(EVERY_KIND.toArray(TableEdit[]::new)),
                        "bob");

        assertThat(second.createdBy()).isEqualTo("alice");
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.changedBy()).isEqualTo("bob");
        assertThat(second.changedAt()).isAfterOrEqualTo(first.changedAt());
        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(stores.drafts().get(first.name())).isEqualTo(second);
        assertThat(stores.drafts()
                        .replace(first.name(), ExpectedVersion.of(second.version()), content(), "bob")
                        .content()
                        .edits())
                .isEmpty();
        assertThat(stores.drafts().get(first.name()).content().edits()).isEmpty();
    }

    @Test
    void whoeverEditsWhatTheyHaveNotSeenIsRefusedAlsoAfterADraftCameBackUnderItsName() {
        StoredDraft first = create("stale");
        StoredDraft second =
                stores.drafts().replace(first.name(), ExpectedVersion.of(first.version()), content(), "bob");

        assertThatThrownBy(() ->
                        stores.drafts().replace(first.name(), ExpectedVersion.of(first.version()), content(), "carol"))
                .isInstanceOf(StaleVersionException.class)
                .hasMessageContaining("read it again");
        assertThatThrownBy(() -> stores.drafts().remove(first.name(), ExpectedVersion.of(first.version())))
                .isInstanceOf(StaleVersionException.class);
        stores.drafts().remove(first.name(), ExpectedVersion.of(second.version()));
        create("stale");
        assertThatThrownBy(() -> stores.drafts().remove(first.name(), ExpectedVersion.of(second.version())))
                .isInstanceOf(StaleVersionException.class);
        stores.drafts().remove(first.name(), ExpectedVersion.present());
        assertThat(stores.drafts().byName(first.name())).isEmpty();
        assertThatThrownBy(() -> stores.drafts().get(first.name())).isInstanceOf(NoSuchDraftException.class);
    }

    @Test
    void aDraftClosesWithTheRevisionThatItBecomesOrNotAtAll() {
        StoredDraft draft = create("closing");
        long before = stores.policies().current().number();
        assertThatThrownBy(() -> stores.policies()
                        .apply(
                                List.of(new TableEdit.PutMachineType(new MachineType("close-1", "arm", null, ""))
                                        .expecting(ExpectedVersion.absent())),
                                "alice",
                                "test",
                                (change, number) -> {
                                    stores.drafts()
                                            .close(draft.name(), ExpectedVersion.of(draft.version()), number, "alice");
                                    throw new IllegalStateException("refused");
                                }))
                .hasMessage("refused");
        assertThat(stores.policies().current().number()).isEqualTo(before);
        assertThat(stores.drafts().get(draft.name())).isEqualTo(draft);

        long revision = stores.policies()
                .apply(
                        List.of(new TableEdit.PutMachineType(new MachineType("close-1", "arm", null, ""))
                                .expecting(ExpectedVersion.absent())),
                        "alice",
                        "test",
                        (change, number) -> stores.drafts()
                                .close(draft.name(), ExpectedVersion.of(draft.version()), number, "alice"))
                .revision()
                .number();

        StoredDraft closed = stores.drafts().get(draft.name());
        assertThat(closed.publishedAs()).isEqualTo(revision);
        assertThat(closed.isOpen()).isFalse();
        assertThatThrownBy(() ->
                        stores.drafts().replace(draft.name(), ExpectedVersion.of(closed.version()), content(), "alice"))
                .isInstanceOf(DraftClosedException.class)
                .hasMessageContaining("revision " + revision);
        assertThatThrownBy(() ->
                        stores.drafts().close(draft.name(), ExpectedVersion.of(closed.version()), revision, "alice"))
                .as("outside of the transaction that makes the revision")
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void ofManyThatTakeANameAtOnceOneGetsIt() throws Exception {
        int clients = 6;
        CountDownLatch start = new CountDownLatch(1);
        List<String> outcomes = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                futures.add(executor.submit(() -> {
                    start.await();
                    try {
                        create("race");
                        outcomes.add("made");
                    } catch (DraftExistsException taken) {
                        outcomes.add("taken");
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> future : futures) {
                future.get();
            }
        }
        assertThat(outcomes).hasSize(clients).containsOnlyOnce("made");
    }

    @Test
    void whatCannotBeStoredIsRefusedByName() {
        assertThatThrownBy(() -> new DraftName("no blanks")).hasMessageContaining("release-11.2");
        assertThatThrownBy(() -> new DraftName("a".repeat(65))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stores.drafts().create(new DraftName("text"), content(), "a\0b"))
                .hasMessageContaining("author");
        assertThatThrownBy(() -> stores.drafts()
                        .create(
                                new DraftName("text"),
                                content(new TableEdit.AddEntry(entry(null, "half \ud83d", List.of()))),
                                "alice"))
                .hasMessageContaining("rationale");
        assertThat(stores.drafts().byName(new DraftName("text"))).isEmpty();
    }
}
