package org.migreg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.migreg.capture.Capture;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;
import org.migreg.revision.StaleVersionException;

/** Two instances on one PostgreSQL: one sees what the other writes, and neither overwrites it. */
class SharedDatabaseIT {

    private static RunningStores here;
    private static RunningStores there;

    @BeforeAll
    static void start() {
        Database database = Database.postgres();
        here = RunningStores.on(database, "--migreg.store.refresh-interval=20ms");
        // Never looks by itself within a test, so that its memory is surely behind.
        there = RunningStores.on(database, "--migreg.store.refresh-interval=1h");
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
    }

    private static MachineType machineType(String name, String description) {
        return new MachineType(name, "aarch64", null, description);
    }

    private static long create(RunningStores stores, String name) {
        return stores.policies()
                .apply(
                        List.of(new TableEdit.PutMachineType(machineType(name, ""))
                                .expecting(ExpectedVersion.absent())),
                        "alice",
                        "test")
                .revision()
                .number();
    }

    @Test
    void tablesWrittenThereAreSeenHere() {
        long number = create(there, "seen-1");

        await().untilAsserted(
                        () -> assertThat(here.policies().current().number()).isGreaterThanOrEqualTo(number));
        assertThat(here.policies().current().table().machineType("seen-1")).isNotNull();
        assertThat(here.policies().current().versionOf("seen-1")).isEqualTo(number);
    }

    @Test
    void capturesWrittenThereAreSeenHere() {
        Capture capture = SeedCaptures.read("7.3.4+deb13-arm64__neoverse-v1__qemu-host");
        there.captures().add(List.of(capture), "alice", "test");

        await().untilAsserted(
                        () -> assertThat(here.captures().byId(capture.id())).isPresent());
        assertThat(here.captures().byId(capture.id()))
                .isEqualTo(there.captures().byId(capture.id()));
        assertThat(here.captures().add(List.of(capture), "bob", "again").changed())
                .isFalse();
    }

    @Test
    void aPastRevisionIsReadThoughItWasWrittenThere() {
        long number = create(here, "past-1");

        assertThat(there.policies().at(number).table().machineType("past-1")).isNotNull();
    }

    @Test
    void whoeverIsBehindStillOverwritesNothing() {
        long created = create(here, "behind-1");
        TableRevision changed = here.policies()
                .apply(
                        List.of(new TableEdit.PutMachineType(machineType("behind-1", "here")).expecting(created)),
                        "alice",
                        "test")
                .revision();

        assertThatThrownBy(() -> there.policies()
                        .apply(
                                List.of(new TableEdit.PutMachineType(machineType("behind-1", "there"))
                                        .expecting(created)),
                                "bob",
                                "test"))
                .isInstanceOfSatisfying(
                        StaleVersionException.class,
                        stale -> assertThat(stale.actual()).isEqualTo(changed.number()));
    }

    @Test
    void writersOnBothSidesMakeOneSequence() throws Exception {
        create(here, "both-1");
        int writesEach = 12;
        long before = here.log().head().revision();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<Long>>> futures = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (int writer = 0; writer < 4; writer++) {
                RunningStores side = writer % 2 == 0 ? here : there;
                int number = writer;
                futures.add(executor.submit(() -> {
                    start.await();
                    List<Long> made = new ArrayList<>();
                    for (int i = 0; i < writesEach; i++) {
                        made.add(create(side, "both-" + number + "-" + i));
                    }
                    return made;
                }));
            }
            start.countDown();
        }

        List<Long> made = new ArrayList<>();
        for (Future<List<Long>> future : futures) {
            made.addAll(future.get());
        }
        List<Long> expected =
                LongStream.rangeClosed(before + 1, before + made.size()).boxed().toList();
        assertThat(made).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(here.log().listAfter(before, 1000))
                .extracting(Revision::number)
                .containsExactlyElementsOf(expected);
        assertThat(here.policies().at(before + made.size()).table().machineTypes().stream()
                        .filter(machineType -> machineType.name().matches("both-[0-9]+-[0-9]+")))
                .hasSize(made.size());
    }
}
