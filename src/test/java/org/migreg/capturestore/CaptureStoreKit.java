package org.migreg.capturestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.CaptureQuery;
import org.migreg.capture.StoredCapture;
import org.migreg.history.Change;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;
import org.migreg.revision.DamagedDataException;
import org.migreg.storage.Database;
import org.migreg.storage.RunningStores;
import org.migreg.storage.SeedCaptures;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the captures' store promises, on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CaptureStoreKit {

    private static final RegisterId TCR2 = RegisterId.parseLenient("TCR2_EL1");
    private static final RegisterId ARM = RegisterId.parse("0x40200000200e0298");
    private static final WritableMasks MASKS = new WritableMasks(Map.of(TCR2, -1L, ARM, 1L));

    private final List<Capture> seed = SeedCaptures.all();
    private Database database;
    private RunningStores stores;

    abstract Database database();

    @BeforeAll
    void start() {
        database = database();
        stores = RunningStores.on(database);
        stores.captures().add(seed, "seed", "captured lists of real kernels");
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    private CaptureStore store() {
        return stores.captures();
    }

    private static Capture capture(
            String cpuModel, @Nullable Long midr, @Nullable WritableMasks masks, @Nullable Integer hardwareNv) {
        return new Capture(
                RegisterList.builder().add(TCR2, -1L).add(ARM).build(),
                KernelRelease.parse("6.8.0-45-generic"),
                null,
                cpuModel,
                midr,
                Accelerator.KVM,
                QemuVersion.parse("10.1.0-15.el10"),
                "virt-10.1",
                "qemu-host",
                List.of("pmu-v3", "sve,x=1"),
                masks,
                hardwareNv,
                "",
                null);
    }

    private Added add(Capture... captures) {
        return store().add(List.of(captures), "alice", "test");
    }

    @Test
    void everyRealCaptureComesBackAsItWasAfterARestart() {
        CaptureIndex before = store().current();
        assertThat(before.all()).extracting(StoredCapture::capture).containsAll(seed);

        stores.close();
        stores = RunningStores.on(database);

        assertThat(store().current().all()).isEqualTo(before.all());
        assertThat(store().current().revision()).isEqualTo(before.revision());
        assertThat(store().current().all())
                .allSatisfy(stored -> assertThat(stored.capture().id()).isEqualTo(stored.id()));
    }

    @Test
    void aCaptureThatIsNotWhatItsIdIsTheDigestOfIsNeverShown() {
        CaptureId id = seed.getFirst().id();
        JdbcTemplate jdbc = stores.bean(JdbcTemplate.class);
        byte[] written = jdbc.queryForObject("select registers from capture where id = ?", byte[].class, id.text());
        byte[] changed = written.clone();
        int last = changed.length - 1;
        changed[last] = (byte) (changed[last] ^ 1);
        jdbc.update("update capture set registers = ? where id = ?", changed, id.text());
        try {
            assertThatThrownBy(() -> RunningStores.on(database).close())
                    .rootCause()
                    .isInstanceOf(DamagedDataException.class)
                    .hasMessageContaining(id.text());
        } finally {
            jdbc.update("update capture set registers = ? where id = ?", written, id.text());
        }
    }

    @Test
    void theSameCaptureAgainStoresNothingNew() {
        long before = stores.log().head().revision();

        Added again = store().add(seed, "alice", "again");

        assertThat(again.changed()).isFalse();
        assertThat(again.items()).hasSameSizeAs(seed).noneMatch(Added.Item::created);
        assertThat(again.items()).extracting(item -> item.stored().capture()).containsExactlyElementsOf(seed);
        assertThat(stores.log().head().revision()).isEqualTo(before);
    }

    @Test
    void aLaterCaptureFillsInWhatTheStoredOneLacks() {
        Added first = add(capture("filled", null, null, null));
        CaptureId id = first.items().getFirst().stored().id();
        Added second = add(capture("filled", 0x410fd0c1L, MASKS, null));
        Added third = add(capture("filled", 0x999L, null, 2));
        Added fourth = add(capture("filled", null, null, 3));

        assertThat(first.items().getFirst().created()).isTrue();
        assertThat(second.items().getFirst().created()).isFalse();
        assertThat(second.items().getFirst().completed()).isTrue();
        assertThat(third.items().getFirst().completed()).isTrue();
        assertThat(fourth.changed()).isFalse();
        StoredCapture stored = store().byId(id).orElseThrow();
        assertThat(stored.capture()).isEqualTo(capture("filled", 0x410fd0c1L, MASKS, 2));
        assertThat(stored.revision()).isEqualTo(third.revision());
        assertThat(stored.addedAt())
                .isEqualTo(stores.log().get(first.revision()).at());
        Change created = onlyChange(first.revision());
        Change completed = onlyChange(second.revision());
        assertThat(created.before()).isNull();
        assertThat(created.after())
                .isEqualTo("{\"id\":\"" + id + "\",\"kernel\":\"6.8.0-45-generic\",\"package\":null,"
                        + "\"cpuModel\":\"filled\",\"midr\":null,\"accelerator\":\"kvm\",\"qemu\":\"10.1.0-15.el10\","
                        + "\"machineType\":\"virt-10.1\",\"vcpuFeatureSet\":\"qemu-host\","
                        + "\"vcpuFeatures\":[\"pmu-v3\",\"sve,x=1\"],\"hardwareNv\":null,\"source\":\"\","
                        + "\"registers\":2,\"values\":1,\"masks\":null}");
        assertThat(completed.before()).isEqualTo(created.after());
        assertThat(completed.after())
                .isEqualTo(created.after()
                        .replace("\"midr\":null", "\"midr\":\"0x410fd0c1\"")
                        .replace(
                                "\"masks\":null",
                                "\"masks\":{\"" + ARM + "\":\"0x1\",\"" + TCR2 + "\":\"0xffffffffffffffff\"}"));
    }

    private Change onlyChange(long revision) {
        assertThat(stores.log().get(revision).kind()).isEqualTo(RevisionKind.CAPTURES);
        assertThat(stores.log().changes(revision).changes()).hasSize(1);
        return stores.log().changes(revision).changes().getFirst();
    }

    @Test
    void aCaptureTwiceInOneCallIsStoredOnce() {
        Added added = add(capture("twice", null, null, null), capture("twice", null, MASKS, null));

        assertThat(added.items().getFirst().stored())
                .isEqualTo(added.items().getLast().stored());
        assertThat(added.items().getFirst().stored().capture().masks()).isEqualTo(MASKS);
        assertThat(added.items()).extracting(Added.Item::created).containsExactly(true, false);
        assertThat(stores.log().changes(added.revision()).changes()).hasSize(1);
    }

    @Test
    void oneOfManyThatAddTheSameAtOnceStoresIt() throws Exception {
        int clients = 8;
        long before = stores.log().head().revision();
        CountDownLatch start = new CountDownLatch(1);
        List<Added.Item> items = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
            List<Future<Added>> futures = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return add(capture("race", null, null, null));
                }));
            }
            start.countDown();
            for (Future<Added> future : futures) {
                items.addAll(future.get().items());
            }
        }

        assertThat(items).filteredOn(Added.Item::created).hasSize(1);
        assertThat(items)
                .extracting(Added.Item::stored)
                .containsOnly(items.getFirst().stored());
        assertThat(stores.log().listAfter(before, 10))
                .extracting(Revision::kind)
                .containsExactly(RevisionKind.CAPTURES);
    }

    @Test
    void whatCannotBeStoredIsRefusedAndNothingIsStored() {
        CaptureIndex before = store().current();
        Capture given = capture("refused", null, null, null);
        Capture withNul = new Capture(
                given.registers(),
                given.kernel(),
                null,
                given.cpuModel(),
                null,
                given.accelerator(),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                "a\0b",
                null);

        assertThatThrownBy(() -> add(given, withNul))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source")
                .hasMessageContaining("U+0000");
        assertThatThrownBy(() -> store().add(List.of(given), "", "why")).hasMessageContaining("author");
        assertThat(store().current()).isSameAs(before);
    }

    @Test
    void captureRevisionsLeaveTheTablesAlone() {
        long tables = stores.policies().current().number();
        Added added = add(capture("tables", null, null, null));

        assertThat(stores.policies().current().number()).isEqualTo(tables);
        assertThat(stores.policies().at(added.revision()).number()).isEqualTo(added.revision());
        assertThat(stores.policies().at(added.revision()).table().machineTypes())
                .isEmpty();
    }

    @Test
    void queriesRestrictByWhatTheyName() {
        CaptureIndex index = store().current();
        String kernel = "6.12.107+deb13-arm64";

        assertThat(index.matching(query(null, null, null))).isEqualTo(index.all());
        assertThat(index.matching(ofKernel(kernel)))
                .isNotEmpty()
                .allSatisfy(
                        stored -> assertThat(stored.capture().kernel().text()).isEqualTo(kernel))
                .isEqualTo(index.matching(ofKernel("v" + kernel)));
        assertThat(index.matching(
                        new CaptureQuery(kernel, null, "neoverse-v1", Accelerator.KVM, "qemu-host", null, null, null)))
                .extracting(StoredCapture::capture)
                .containsExactly(SeedCaptures.read(kernel + "__neoverse-v1__qemu-host"));
        assertThat(index.matching(new CaptureQuery(kernel, null, null, Accelerator.TCG, null, null, null, null)))
                .isEmpty();
        assertThat(index.matching(ofKernel("6.12.999"))).isEmpty();
        List<StoredCapture> ofPackage =
                index.matching(new CaptureQuery(kernel, "6.12.107-1", null, null, null, null, null, null));
        assertThat(ofPackage)
                .isNotEmpty()
                .isEqualTo(index.matching(
                        new CaptureQuery(kernel, "Debian linux 6.12.107-1", null, null, null, null, null, null)));
        assertThat(index.matching(new CaptureQuery(kernel, "6.12.107-2", null, null, null, null, null, null)))
                .isEmpty();
    }

    @Test
    void featuresAndQemuAreComparedAsAWhole() {
        Capture given = capture("query", null, null, null);
        add(given);
        CaptureIndex index = store().current();

        assertThat(index.matching(query("query", List.of("sve,x=1", "pmu-v3"), null)))
                .hasSize(1);
        assertThat(index.matching(query("query", List.of("pmu-v3"), null))).isEmpty();
        assertThat(index.matching(query("query", null, "10.1.0"))).hasSize(1);
        assertThat(index.matching(query("query", null, "10.1.0-15.el10"))).hasSize(1);
        assertThat(index.matching(query("query", null, "10.1.0-14.el10"))).isEmpty();
        assertThat(index.matching(query("query", null, "10.1.1"))).isEmpty();
    }

    private static CaptureQuery ofKernel(String kernel) {
        return new CaptureQuery(kernel, null, null, null, null, null, null, null);
    }

    private static CaptureQuery query(
            @Nullable String cpuModel, @Nullable List<String> features, @Nullable String qemu) {
        return new CaptureQuery(
                null, null, cpuModel, null, null, features, null, qemu == null ? null : QemuVersion.parse(qemu));
    }

    @Test
    void listingsAreInTheOrderOfKernels() {
        List<KernelRelease> kernels = store().current().all().stream()
                .map(stored -> stored.capture().kernel())
                .toList();

        assertThat(kernels).isSortedAccordingTo(KernelRelease.LISTING_ORDER);
    }

    @Test
    void aCaptureWithoutMasksTakesThoseOfItsKernel() {
        CaptureIndex index = store().current();
        Capture without = SeedCaptures.read("7.3.4+deb13-arm64__neoverse-n1__psci_pmu");
        Capture with = SeedCaptures.read("7.3.4+deb13-arm64__neoverse-v1__qemu-host");

        assertThat(without.masks()).isNull();
        assertThat(index.masksFor(without)).isNotNull().isEqualTo(with.masks());
        assertThat(index.masksFor(with)).isSameAs(with.masks());
        assertThat(index.masksOf(KernelRelease.parse("7.3.4+deb13-arm64"), null))
                .isEqualTo(with.masks());
        assertThat(index.masksOf(KernelRelease.parse("7.3.4+deb13-arm64", "7.3.4-99"), "7.3.4-99"))
                .isNull();
        // Linux gives writable masks from 6.7 on.
        assertThat(index.masksOf(KernelRelease.parse("6.1.0-50-arm64"), null)).isNull();
    }

    @Test
    void masksThatDisagreeTellNothing() {
        KernelRelease kernel = KernelRelease.parse("5.10.99-odd");
        Capture one = ofKernel(kernel, "masks-1", MASKS);
        Capture other = ofKernel(kernel, "masks-2", new WritableMasks(Map.of(TCR2, 1L)));

        add(one);
        assertThat(store().current().masksOf(kernel, null)).isEqualTo(MASKS);
        add(other);
        assertThat(store().current().masksOf(kernel, null)).isNull();
        assertThat(store().current().masksFor(one)).isEqualTo(MASKS);
    }

    private static Capture ofKernel(KernelRelease kernel, String cpuModel, WritableMasks masks) {
        Capture given = capture(cpuModel, null, masks, null);
        return new Capture(
                given.registers(),
                kernel,
                null,
                cpuModel,
                null,
                given.accelerator(),
                null,
                null,
                null,
                List.of(),
                masks,
                null,
                "",
                null);
    }

    @Test
    void hardwareNvIsThatOfTheSameHardware() {
        add(capture("hardware", 7L, null, 2));
        Capture without = capture("hardware", 7L, null, null);

        assertThat(store().current().hardwareNvFor(without)).isEqualTo(2);
        assertThat(store().current().hardwareNvOf("hardware", 7, Accelerator.TCG))
                .isNull();
        assertThat(store().current().hardwareNvOf("hardware", 8, Accelerator.KVM))
                .isNull();
        Capture disagreeing = new Capture(
                without.registers(),
                KernelRelease.parse("6.9.1"),
                null,
                "hardware",
                7L,
                Accelerator.KVM,
                null,
                null,
                null,
                List.of(),
                null,
                0,
                "",
                null);
        add(disagreeing);
        assertThat(store().current().hardwareNvFor(without)).isNull();
    }

    @Test
    void everyIdIsFoundAndNoOther() {
        CaptureIndex index = store().current();

        assertThat(index.all())
                .allSatisfy(stored -> assertThat(index.byId(stored.id())).contains(stored));
        assertThat(index.byId(new CaptureId("sha256:" + "0".repeat(64)))).isEmpty();
        assertThat(Set.copyOf(index.all())).hasSameSizeAs(index.all());
    }
}
