package org.migreg.registry.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.register.RegisterId;
import org.migreg.revision.RevisionLog;
import org.migreg.revision.RevisionWriter;

/** Writers that meet, with the starting data: 6.12 reaches 6.16 with three entries. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class TablePublicationTests {

    private static final String REASON = "tidy up";
    private static final String OVERRIDE = "planned for the summer";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private PolicyStore store() {
        return service.bean(PolicyStore.class);
    }

    private static EntryContent safeMissing(String machineType, String register, String kernels) {
        return new EntryContent(
                machineType,
                CompatProperty.SAFE_MISSING_REGS,
                RegisterId.parseLenient(register),
                KernelRange.parse(kernels),
                null,
                "known event");
    }

    /** A machine type of its own with what the expectation needs, but for TCR2_EL1; gives the expectation's id. */
    private long expectation(String machineType) {
        assertThat(service.write("POST", "/api/v1/machine-types", "{\"name\": \"" + machineType + "\"}")
                        .status())
                .isEqualTo(201);
        add(safeMissing(machineType, "PIRE0_EL1", "upstream/>=6.13"));
        add(safeMissing(machineType, "PIR_EL1", "upstream/>=6.13"));
        return service.write("POST", "/api/v1/expectations", """
                        {"machineType": "%s", "cpuModel": "neoverse-v1", "back": false,
                         "sourceKernels": {"stream": "upstream", "range": ">=6.12|<6.13"},
                         "destinationKernels": {"stream": "upstream", "range": ">=6.16"}}""".formatted(machineType))
                .json()
                .get("id")
                .asLong();
    }

    private long add(EntryContent entry) {
        return store().apply(VersionedEdit.unconditional(List.of(new TableEdit.AddEntry(entry))), "alice", "test")
                .newEntryIds()
                .getFirst();
    }

    /** Publishes while another write is under way that began earlier and ends first. */
    private Applied afterAWriteOf(TableEdit earlier, TableEdit later, @Nullable String override) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicReference<@Nullable Thread> publisher = new AtomicReference<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            Future<Applied> first = executor.submit(() -> store().apply(
                            VersionedEdit.unconditional(List.of(earlier)), "alice", "meanwhile", (change, revision) -> {
                                begun.countDown();
                                await(mayEnd);
                            }));
            await(begun);
            Future<Applied> second = executor.submit(() -> {
                publisher.set(Thread.currentThread());
                return service.bean(TablePublication.class)
                        .apply(VersionedEdit.unconditional(List.of(later)), "bob", REASON, override);
            });
            while (!second.isDone() && !waitsToWrite(publisher.get())) {
                Thread.onSpinWait();
            }
            mayEnd.countDown();
            assertThat(first.get().changed()).isTrue();
            return second.get();
        } finally {
            mayEnd.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new CompletionException(interrupted);
        }
    }

    private static boolean waitsToWrite(@Nullable Thread thread) {
        return thread != null
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(RevisionWriter.class.getName()));
    }

    private String reasonOf(Applied applied) {
        return service.bean(RevisionLog.class).get(applied.revision().number()).reason();
    }

    @Test
    void anOverrideNamesWhatItBreaksByTheTimeThatItIsWritten() throws Exception {
        long expectation = expectation("late-1");
        long one = add(safeMissing("late-1", "TCR2_EL1", "upstream/>=6.13"));
        long other = add(safeMissing("late-1", "TCR2_EL1", "upstream/>=6.14"));

        // Either of the two is enough: each deletion breaks nothing before the other.
        Applied applied = afterAWriteOf(
                new TableEdit.DeleteEntry("late-1", one), new TableEdit.DeleteEntry("late-1", other), OVERRIDE);

        assertThat(reasonOf(applied)).isEqualTo(REASON + "\nBreaks expectation " + expectation + ": " + OVERRIDE);
        assertThat(applied.revision().table().ownEntries("late-1")).hasSize(2);
    }

    @Test
    void anOverrideDoesNotNameWhatOthersSaved() throws Exception {
        expectation("late-2");
        long one = add(safeMissing("late-2", "TCR2_EL1", "upstream/>=6.13"));

        Applied applied = afterAWriteOf(
                new TableEdit.AddEntry(safeMissing("late-2", "TCR2_EL1", "upstream/>=6.14")),
                new TableEdit.DeleteEntry("late-2", one),
                OVERRIDE);

        assertThat(reasonOf(applied)).isEqualTo(REASON);
    }

    @Test
    void withoutAnOverrideABreakThatCameBetweenIsRefused() throws Exception {
        long expectation = expectation("late-3");
        long one = add(safeMissing("late-3", "TCR2_EL1", "upstream/>=6.13"));
        long other = add(safeMissing("late-3", "TCR2_EL1", "upstream/>=6.14"));

        assertThatThrownBy(() -> afterAWriteOf(
                        new TableEdit.DeleteEntry("late-3", one), new TableEdit.DeleteEntry("late-3", other), null))
                .cause()
                .isInstanceOfSatisfying(
                        BrokenExpectationsException.class,
                        broken -> assertThat(broken.broken())
                                .extracting(change -> change.stored().id())
                                .containsExactly(expectation));
        assertThat(store().current().table().entry("late-3", other)).isNotNull();
    }
}
