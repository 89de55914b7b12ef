package org.migreg.expectationstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.migreg.evaluation.Expectation;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.history.Change;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.hostkernel.KernelRange;
import org.migreg.question.expectation.ExpectationSet;
import org.migreg.question.expectation.NoSuchExpectationException;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.revision.RevisionLog;
import org.migreg.revision.RevisionWriter;
import org.migreg.revision.StaleVersionException;
import org.migreg.storage.Database;
import org.migreg.storage.RunningStores;

/** What the store of expectations promises, on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExpectationStoreKit {

    private static final Expectation PLAIN =
            Expectation.of("virt-10.1", KernelRange.parse("el9/*"), KernelRange.parse("el10/*"), "neoverse-v1", true);
    private static final Expectation PARTICULAR = new Expectation(
            "virt-rhel9.6.0",
            KernelRange.parse("upstream/>=6.12|<6.13"),
            KernelRange.parse("upstream/>=6.16"),
            null,
            false,
            new LoadBehaviour.Tolerances(true),
            false,
            Expectation.Requirement.WITHOUT_WARNINGS);

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

    private StoredExpectation add(Expectation expectation) {
        return stores.expectations().add(expectation, "for the upgrade", "alice", "tested once, kept for ever");
    }

    private long head() {
        return stores.log().head().revision();
    }

    @Test
    void expectationsComeBackAsTheyWereAfterARestart() {
        StoredExpectation plain = add(PLAIN);
        StoredExpectation particular = add(PARTICULAR);
        ExpectationSet before = stores.expectations().current();
        assertThat(before.all()).contains(plain, particular);
        assertThat(plain.expectation()).isEqualTo(PLAIN);

        stores.close();
        stores = RunningStores.on(database);

        assertThat(stores.expectations().current()).isEqualTo(before);
    }

    @Test
    void everyWriteIsARevisionThatTellsBeforeAndAfter() {
        StoredExpectation added = add(PLAIN);
        StoredExpectation changed = stores.expectations()
                .replace(
                        added.id(),
                        ExpectedVersion.of(added.revision()),
                        PARTICULAR,
                        "narrower",
                        "bob",
                        "el10 is not ready");

        assertThat(changed.revision()).isEqualTo(head()).isEqualTo(added.revision() + 1);
        Revision revision = stores.log().get(changed.revision());
        assertThat(revision.kind()).isEqualTo(RevisionKind.EXPECTATIONS);
        assertThat(revision.author()).isEqualTo("bob");
        assertThat(revision.reason()).isEqualTo("el10 is not ready");
        assertThat(stores.log().head().expectations()).isEqualTo(changed.revision());
        assertThat(stores.log().changes(changed.revision()).changes())
                .containsExactly(new Change(
                        Change.Subject.EXPECTATION,
                        Long.toString(added.id()),
                        "{\"id\":" + added.id()
                                + ",\"machineType\":\"virt-10.1\",\"sourceKernels\":\"el9/*\",\"destinationKernels\":\"el10/*\","
                                + "\"cpuModel\":\"neoverse-v1\",\"back\":true,\"loadBehaviour\":\"X_MIG_PROPERTIES\","
                                + "\"tolerancesFromTable\":false,\"sourceXMigProperties\":true,"
                                + "\"required\":\"MAY_MIGRATE\",\"description\":\"for the upgrade\"}",
                        "{\"id\":" + added.id() + ",\"machineType\":\"virt-rhel9.6.0\","
                                + "\"sourceKernels\":\"upstream/>=6.12|<6.13\",\"destinationKernels\":\"upstream/>=6.16\",\"cpuModel\":null,"
                                + "\"back\":false,\"loadBehaviour\":\"TOLERANCES\",\"tolerancesFromTable\":true,"
                                + "\"sourceXMigProperties\":false,\"required\":\"WITHOUT_WARNINGS\","
                                + "\"description\":\"narrower\"}"));
        assertThat(stores.expectations()
                        .replace(
                                added.id(),
                                ExpectedVersion.of(changed.revision()),
                                PARTICULAR,
                                "narrower",
                                "bob",
                                "again"))
                .as("the same again")
                .isEqualTo(changed);
        assertThat(head()).isEqualTo(changed.revision());
    }

    @Test
    void whoeverEditsWhatTheyHaveNotSeenIsRefusedAndIdsAreNotUsedAgain() {
        StoredExpectation first = add(PLAIN);
        StoredExpectation second = stores.expectations()
                .replace(first.id(), ExpectedVersion.of(first.revision()), PARTICULAR, "", "bob", "test");

        assertThatThrownBy(() -> stores.expectations()
                        .replace(first.id(), ExpectedVersion.of(first.revision()), PLAIN, "", "carol", "test"))
                .isInstanceOf(StaleVersionException.class)
                .hasMessageContaining("revision " + second.revision());
        assertThatThrownBy(() ->
                        stores.expectations().remove(first.id(), ExpectedVersion.of(first.revision()), "carol", "test"))
                .isInstanceOf(StaleVersionException.class);
        stores.expectations()
                .remove(first.id(), ExpectedVersion.of(second.revision()), "carol", "no such hosts any more");
        assertThat(stores.expectations().current().byId(first.id())).isEmpty();
        assertThatThrownBy(() -> stores.expectations().remove(first.id(), ExpectedVersion.present(), "carol", "again"))
                .isInstanceOf(NoSuchExpectationException.class);
        assertThat(add(PLAIN).id()).isGreaterThan(first.id());
    }

    @Test
    void expectationsWrittenByAnotherInstanceAreFollowed() {
        ExpectationStore behind = new ExpectationStore(
                stores.bean(ExpectationArchive.class),
                stores.bean(RevisionWriter.class),
                stores.bean(RevisionLog.class));
        StoredExpectation added = add(PLAIN);
        assertThat(behind.current().byId(added.id())).isEmpty();

        behind.follow(stores.log().head());
        assertThat(behind.current()).isEqualTo(stores.expectations().current());

        add(PARTICULAR);
        behind.remove(added.id(), ExpectedVersion.of(added.revision()), "bob", "behind, and yet");
        stores.expectations().follow(stores.log().head());
        assertThat(behind.current()).isEqualTo(stores.expectations().current());
    }

    @Test
    void whatCannotBeStoredIsRefusedByName() {
        long before = head();
        assertThatThrownBy(() -> stores.expectations().add(PLAIN, "half \ud83d", "alice", "test"))
                .hasMessageContaining("description");
        assertThatThrownBy(() -> stores.expectations().add(PLAIN, "a".repeat(2001), "alice", "test"))
                .hasMessageContaining("2,000");
        assertThat(head()).isEqualTo(before);
    }
}
