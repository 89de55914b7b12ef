package org.migreg.hoststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.history.Change;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import org.migreg.revision.RevisionLog;
import org.migreg.revision.RevisionWriter;
import org.migreg.revision.StaleVersionException;
import org.migreg.storage.Database;
import org.migreg.storage.RunningStores;
import org.migreg.storage.SeedCaptures;

/** What the hosts' store promises, on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostStoreKit {

    private static final Capture BEFORE_UPDATE = SeedCaptures.read("6.12.107+deb13-arm64__neoverse-n1__qemu-host");
    private static final Capture AFTER_UPDATE = SeedCaptures.read("7.3.4+deb13-arm64__neoverse-n1__qemu-host");
    private static final CaptureId BEFORE = BEFORE_UPDATE.id();
    private static final CaptureId AFTER = AFTER_UPDATE.id();

    private Database database;
    private RunningStores stores;

    abstract Database database();

    @BeforeAll
    void start() {
        database = database();
        stores = RunningStores.on(database);
        stores.captures().add(List.of(BEFORE_UPDATE, AFTER_UPDATE), "seed", "captured lists of real kernels");
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    private HostWrite put(String name, CaptureId capture, ExpectedVersion expected) {
        return stores.hosts().report(new HostName(name), has(capture), expected, "alice", "collected again");
    }

    /** Only that the host has this capture. */
    private static HostReport has(CaptureId capture) {
        return new HostReport(capture, null, null, null, null, null);
    }

    private HostWrite put(String name, CaptureId capture) {
        return put(name, capture, ExpectedVersion.any());
    }

    private StoredHost host(String name) {
        return stores.hosts().byName(new HostName(name)).orElseThrow();
    }

    private long head() {
        return stores.log().head().revision();
    }

    @Test
    void aHostKeepsWhatItHadBefore() {
        HostWrite first = put("kept", BEFORE);
        HostWrite second = put("kept", AFTER);

        assertThat(first.created()).isTrue();
        assertThat(second.created()).isFalse();
        assertThat(second.changed()).isTrue();
        assertThat(host("kept")).isEqualTo(second.host());
        Revision begun = stores.log().get(first.host().revision());
        Revision ended = stores.log().get(second.host().revision());
        assertThat(ended.kind()).isEqualTo(RevisionKind.HOSTS);
        assertThat(stores.hosts().history(new HostName("kept")))
                .containsExactly(new HostPeriod(AFTER, ended, null), new HostPeriod(BEFORE, begun, ended));
        assertThat(stores.log().changes(ended.number()).changes())
                .containsExactly(new Change(
                        Change.Subject.HOST,
                        "kept",
                        "{\"name\":\"kept\",\"capture\":\"" + BEFORE + "\"}",
                        "{\"name\":\"kept\",\"capture\":\"" + AFTER + "\"}"));
    }

    @Test
    void theSameCaptureAgainMakesNoRevision() {
        HostWrite first = put("same", BEFORE);
        long before = head();
        HostWrite again = put("same", BEFORE);

        assertThat(again.changed()).isFalse();
        assertThat(again.host()).isEqualTo(first.host());
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void anEditorWhoSawAnOlderVersionOverwritesNothing() {
        HostWrite first = put("stale", BEFORE);
        put("stale", AFTER, ExpectedVersion.of(first.host().revision()));
        StoredHost there = host("stale");

        assertThatThrownBy(() ->
                        put("stale", BEFORE, ExpectedVersion.of(first.host().revision())))
                .isInstanceOf(StaleVersionException.class)
                .hasMessageContaining("last changed by revision " + there.revision());
        assertThatThrownBy(() -> put("never-there", BEFORE, ExpectedVersion.present()))
                .isInstanceOf(StaleVersionException.class);
        assertThat(host("stale")).isEqualTo(there);
        assertThat(stores.hosts().byName(new HostName("never-there"))).isEmpty();
    }

    @Test
    void aRemovedHostIsGoneAndItsHistoryStays() {
        HostName name = new HostName("removed");
        HostWrite first = put("removed", BEFORE);
        assertThatThrownBy(() -> stores.hosts()
                        .remove(name, ExpectedVersion.of(first.host().revision() + 1), "bob", "scrapped"))
                .isInstanceOf(StaleVersionException.class);
        stores.hosts().remove(name, ExpectedVersion.of(first.host().revision()), "bob", "scrapped");

        assertThat(stores.hosts().byName(name)).isEmpty();
        assertThat(stores.hosts().history(name)).hasSize(1);
        assertThat(stores.log().changes(head()).changes())
                .containsExactly(new Change(
                        Change.Subject.HOST, "removed", "{\"name\":\"removed\",\"capture\":\"" + BEFORE + "\"}", null));
        assertThatThrownBy(() -> stores.hosts().remove(name, ExpectedVersion.present(), "bob", "again"))
                .isInstanceOf(NoSuchHostException.class);
        assertThat(put("removed", BEFORE).created()).isTrue();
        assertThat(stores.hosts().history(name)).hasSize(2);
    }

    @Test
    void hostsComeBackAsTheyWereAfterARestart() {
        put("restart-1", BEFORE);
        put("restart-1", AFTER);
        put("restart-2", BEFORE);
        stores.hosts().remove(new HostName("restart-2"), ExpectedVersion.present(), "bob", "scrapped");
        List<StoredHost> before = stores.hosts().matching(host -> true);

        stores.close();
        stores = RunningStores.on(database);

        assertThat(stores.hosts().matching(host -> true))
                .isEqualTo(before)
                .extracting(host -> host.name().text())
                .contains("restart-1")
                .doesNotContain("restart-2");
    }

    @Test
    void ofManyThatPutTheSameAtOnceOneMakesARevision() throws Exception {
        int clients = 8;
        long before = head();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
            List<Future<HostWrite>> futures = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return put("race", BEFORE);
                }));
            }
            start.countDown();
            long changed = 0;
            for (Future<HostWrite> future : futures) {
                changed += future.get().changed() ? 1 : 0;
            }
            assertThat(changed).isEqualTo(1);
        }
        assertThat(head()).isEqualTo(before + 1);
    }

    @Test
    void hostsWrittenByAnotherInstanceAreFollowed() {
        put("followed", BEFORE);
        put("leaving", BEFORE);
        HostStore behind = another();
        put("followed", AFTER);
        stores.hosts().remove(new HostName("leaving"), ExpectedVersion.present(), "bob", "scrapped");
        put("arriving", BEFORE);
        assertThat(behind.byName(new HostName("followed")).orElseThrow().capture())
                .isEqualTo(BEFORE);

        behind.follow(stores.log().head());

        assertThat(behind.matching(host -> true)).isEqualTo(stores.hosts().matching(host -> true));
        assertThat(behind.byName(new HostName("leaving"))).isEmpty();
        assertThat(behind.byName(new HostName("arriving"))).isPresent();
    }

    @Test
    void anInstanceThatIsBehindShowsWhatItMissedOnceItWrites() {
        HostStore behind = another();
        put("missed", BEFORE);
        behind.report(new HostName("own"), has(AFTER), ExpectedVersion.any(), "bob", "test");

        assertThat(behind.byName(new HostName("missed")))
                .isEqualTo(stores.hosts().byName(new HostName("missed")));
        assertThat(behind.byName(new HostName("own"))).isPresent();
    }

    private HostStore another() {
        return new HostStore(
                stores.bean(HostArchive.class),
                new HostSightings(stores.bean(HostSightingRepository.class), stores.bean(EntityManager.class)),
                stores.bean(RevisionWriter.class),
                stores.bean(RevisionLog.class));
    }

    @Test
    void aHostGoesByItsOtherNamesAndKeepsWhatNobodySaysOtherwise() {
        HostName name = new HostName("nova-7");
        HostName uuid = new HostName("4dea22b3-1d52-d8f3-2516-782e98ab3fa0");
        HostReport report = new HostReport(
                BEFORE,
                Set.of(uuid),
                QemuVersion.parse("10.1.0-15.el10"),
                true,
                CpuOptions.parse("host,pmu=off"),
                null);
        HostWrite written = stores.hosts().report(name, report, ExpectedVersion.any(), "alice", "inventory");
        assertThat(stores.hosts().byName(uuid)).contains(written.host());

        StoredHost later = put("nova-7", AFTER).host();
        assertThat(later.details()).isEqualTo(written.host().details());
        assertThat(later.details().names()).containsExactly(uuid);
        assertThat(another().byName(uuid)).contains(later);

        assertThatThrownBy(() -> stores.hosts()
                        .report(new HostName("other-7"), report, ExpectedVersion.any(), "alice", "inventory"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another host goes by the name " + uuid);
        assertThat(stores.hosts().byName(new HostName("other-7"))).isEmpty();
        stores.hosts().remove(name, ExpectedVersion.present(), "bob", "scrapped");
        assertThat(stores.hosts().byName(uuid)).isEmpty();
    }

    @Test
    void whatWasKnownOfAnotherQemuSaysNothingOfTheNewOne() {
        HostName name = new HostName("upgraded");
        stores.hosts()
                .report(
                        name,
                        new HostReport(BEFORE, null, QemuVersion.parse("10.2.1"), true, null, null),
                        ExpectedVersion.any(),
                        "alice",
                        "inventory");
        HostWrite upgraded = stores.hosts()
                .report(
                        name,
                        new HostReport(null, null, QemuVersion.parse("11.1.3"), null, null, null),
                        ExpectedVersion.any(),
                        "alice",
                        "inventory");
        assertThat(upgraded.host().details().xMigProperties()).isNull();
        assertThat(upgraded.host().capture()).isEqualTo(BEFORE);
    }

    @Test
    void hearingOfAHostMakesNoRevisionAndIsSeenByOtherInstances() {
        put("heard", BEFORE);
        HostStore other = another();
        long before = head();
        HostName name = new HostName("heard");
        HostWrite again = stores.hosts()
                .report(
                        name,
                        new HostReport(null, null, null, null, null, KernelRelease.parse("6.18.15+deb13-arm64")),
                        ExpectedVersion.any(),
                        "agent",
                        "alive");
        assertThat(again.changed()).isFalse();
        assertThat(head()).isEqualTo(before);
        HostSighting seen = stores.hosts().lastSeen(again.host());
        assertThat(seen.kernel()).isEqualTo("6.18.15+deb13-arm64");
        assertThat(other.lastSeen(again.host()).kernel()).isNull();
        other.follow(stores.log().head());
        assertThat(other.lastSeen(again.host())).isEqualTo(seen);
        put("heard", AFTER);
        assertThat(stores.hosts()
                        .lastSeen(stores.hosts().byName(name).orElseThrow())
                        .kernel())
                .as("nobody said that it runs another one by now")
                .isEqualTo("6.18.15+deb13-arm64");
    }

    @Test
    void hostsGroupByCapture() {
        put("group-1", BEFORE);
        put("group-2", BEFORE);
        put("group-3", AFTER);

        assertThat(stores.hosts().byCapture().get(BEFORE))
                .extracting(HostName::text)
                .contains("group-1", "group-2")
                .doesNotContain("group-3");
        assertThat(stores.hosts().byCapture().get(AFTER))
                .extracting(HostName::text)
                .contains("group-3");
    }

    @Test
    void aWholeFleetIsWrittenAsOneRevision() {
        HostWrite there = put("fleet-there", BEFORE);
        HostWrite same = put("fleet-same", AFTER);
        HostWrite other = put("fleet-other", BEFORE);
        Map<HostName, HostReport> fleet = new HashMap<>();
        for (int i = 0; i < 2500; i++) {
            fleet.put(new HostName("fleet-new-" + i), has(AFTER));
        }
        fleet.put(there.host().name(), has(AFTER));
        fleet.put(same.host().name(), has(AFTER));
        long before = head();

        HostsWrite written = stores.hosts().reportAll(fleet, "alice", "kernel update");

        assertThat(written).isEqualTo(new HostsWrite(before + 1, 2500, 1, 1));
        assertThat(head()).isEqualTo(before + 1);
        assertThat(host("fleet-there").capture()).isEqualTo(AFTER);
        assertThat(host("fleet-new-2499").revision()).isEqualTo(before + 1);
        assertThat(host("fleet-same")).isEqualTo(same.host());
        assertThat(host("fleet-other")).isEqualTo(other.host());
        Revision update = stores.log().get(before + 1);
        assertThat(stores.hosts().history(there.host().name()))
                .containsExactly(
                        new HostPeriod(AFTER, update, null),
                        new HostPeriod(BEFORE, stores.log().get(there.host().revision()), update));
        assertThat(stores.log().changes(before + 1).changes()).hasSize(2501);
        assertThat(stores.hosts().reportAll(fleet, "alice", "the same again"))
                .isEqualTo(new HostsWrite(null, 0, 0, 2502));
        assertThat(head()).isEqualTo(before + 1);
    }

    @Test
    void aFleetWithACaptureThatIsNotStoredChangesNothing() {
        HostWrite there = put("half-there", BEFORE);
        long before = head();

        assertThatThrownBy(() -> stores.hosts()
                        .reportAll(
                                Map.of(
                                        there.host().name(),
                                        has(AFTER),
                                        new HostName("half-new"),
                                        has(new CaptureId("sha256:" + "0".repeat(64)))),
                                "alice",
                                "half"))
                .isInstanceOf(RuntimeException.class);

        assertThat(host("half-there")).isEqualTo(there.host());
        assertThat(stores.hosts().byName(new HostName("half-new"))).isEmpty();
        assertThat(head()).isEqualTo(before);
    }
}
