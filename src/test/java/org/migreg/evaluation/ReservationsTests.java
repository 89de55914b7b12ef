package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.EffectivePolicy;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.RegisterList;
import tools.jackson.databind.JsonNode;

/** What is known of a side beside its registers, against real captures and recorded migrations. */
class ReservationsTests {

    private static final String HOST = "6.12.107+deb13-arm64__neoverse-v1__qemu-host";

    @Test
    void everyRecordedMigrationOfGuestsWithOtherCpuOptionsIsPredicted() {
        Map<String, RegisterList> lists = RecordedOutcomes.lists("kvm-ran-migration-register-lists");
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        int named = 0;
        for (JsonNode row : RecordedOutcomes.rows("kvm-ran-migrations")) {
            CpuOptions cpu = CpuOptions.parse(row.get("cpu").asString());
            String kernel = row.get("destinationKernel").asString();
            JsonNode masksOf = RecordedOutcomes.capture(kernel + "__neoverse-v1__qemu-host");
            QemuVersion qemu = QemuVersion.parse(row.get("destinationQemu").asString());
            Circumstances circumstances =
                    new Circumstances(KernelRelease.parse(kernel), cpu, false, qemu, List.of(), List.of());
            Circumstances there = new Circumstances(
                    KernelRelease.parse(row.get("sourceKernel").asString()), cpu, false, qemu, List.of(), List.of());
            Evaluation evaluation = Evaluator.evaluate(
                    new SourceSide(lists.get(row.get("source").asString()), EffectivePolicy.nothing(), false, there),
                    new DestinationSide(
                            lists.get(row.get("destination").asString()),
                            EffectivePolicy.nothing(),
                            LoadBehaviour.of(qemu),
                            Accelerator.KVM,
                            KernelRelease.parse(kernel, masksOf.get("package").asString()),
                            RecordedOutcomes.masks(masksOf),
                            OptionalLong.of(
                                    row.get("hostCpuModel").asString().startsWith("cortex")
                                            ? 0
                                            : RecordedOutcomes.hardwareNv(
                                                    row.get("hostCpuModel").asString())),
                            circumstances));
            boolean loads = row.get("loads").asBoolean();
            compared++;
            named += cpu.isHost() ? 0 : 1;
            if (!Boolean.valueOf(loads).equals(evaluation.qemuOutcome().loads())
                    || (evaluation.verdict().mayMigrate() && !loads)) {
                wrong.add(row.get("id").asString() + " " + cpu + ": " + evaluation.verdict() + ", real " + loads);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isEqualTo(51);
        assertThat(named).isEqualTo(1);
    }

    @Test
    void theFourTolerancesUnderKvmAreOnlyForTheHostsOwnCpu() {
        Evaluation host = tolerating("host");
        assertThat(host.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        Evaluation named = tolerating("cortex-a57");
        assertThat(named.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(Lists.findings(named)).contains("EXTRA_FATAL/BLOCKING PIR_EL1", "EXTRA_FATAL/BLOCKING TCR2_EL1");
    }

    private static Evaluation tolerating(String cpu) {
        Circumstances circumstances = circumstances(null, CpuOptions.parse(cpu), false, "11.1.3");
        return Evaluator.evaluate(
                new SourceSide(
                        Lists.list("SCTLR_EL1", "TCR2_EL1", "PIR_EL1"),
                        EffectivePolicy.nothing(),
                        false,
                        circumstances),
                destination(Lists.list("SCTLR_EL1"), null, circumstances));
    }

    @Test
    void guestsWithEl2UnderKvmDoNotMigrate() {
        for (String qemu : List.of("10.1.2", "11.0.1", "11.1.3")) {
            Evaluation evaluation = stay(HOST, true, qemu);
            assertThat(evaluation.verdict()).as(qemu).isEqualTo(Verdict.INCOMPATIBLE);
            assertThat(evaluation.qemuOutcome().loads()).isFalse();
            assertThat(evaluation.qemuOutcome().messages())
                    .containsExactly("Error: Live migration disabled because KVM nested virt is enabled");
            assertThat(evaluation.summary()).contains("KVM nested virt is enabled");
        }
        for (String qemu : new String[] {"11.2.0", "12.0.0", null}) {
            Evaluation evaluation = stay(HOST, true, qemu);
            assertThat(evaluation.verdict()).as(qemu).isEqualTo(Verdict.UNKNOWN);
            assertThat(evaluation.qemuOutcome().loads()).isNull();
        }
    }

    @Test
    void el2ShowsInTheListToo() {
        Evaluation evaluation = stay("7.3.4+deb13-arm64__max-nested__qemu-host_el2", false, "11.1.3");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(Lists.findings(evaluation)).contains("NESTED_VIRTUALIZATION/BLOCKING");
        assertThat(stay(HOST, false, "11.1.3").verdict().mayMigrate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6.1.0-50-arm64__neoverse-v1__qemu-host",
                HOST,
                "6.18.15+deb13-arm64__max__qemu-host",
                "7.3.4+deb13-arm64__neoverse-v1__qemu-host"
            })
    void aListThatIsCutAnywhereIsNoBasisForAMay(String name) {
        JsonNode capture = RecordedOutcomes.capture(name);
        KernelRelease kernel = KernelRelease.parse(capture.get("kernelRelease").asString());
        List<JsonNode> asKvmListsThem = new ArrayList<>();
        capture.get("registers").forEach(asKvmListsThem::add);
        List<JsonNode> ascending = new ArrayList<>(asKvmListsThem);
        ascending.sort(Comparator.comparing(pair -> pair.get(0).asString()));
        RegisterList whole = registers(name);
        assertThat(evaluate(whole, whole, kernel).verdict().mayMigrate()).isTrue();
        for (List<JsonNode> order : List.of(asKvmListsThem, ascending)) {
            boolean isAscending = order.equals(ascending);
            for (int kept = 30; kept < order.size(); kept++) {
                RegisterList cut = RecordedOutcomes.registers(order.subList(0, kept));
                // The highest one, KVM_REG_ARM_VENDOR_HYP_BMAP_2, may be hidden where a list was taken.
                boolean lacksTheHighestAlone = isAscending && cut.size() == whole.size() - 1;
                if (cut.size() < 30 || cut.size() == whole.size() || lacksTheHighestAlone) {
                    continue;
                }
                assertThat(evaluate(cut, whole, kernel).verdict())
                        .as(kept + " on the source")
                        .isEqualTo(Verdict.UNKNOWN);
                assertThat(evaluate(whole, cut, kernel).verdict())
                        .as(kept + " on the destination")
                        .isEqualTo(Verdict.UNKNOWN);
            }
        }
    }

    @Test
    void aQuestionAboutAFewRegistersSaysSo() {
        RegisterList whole = registers(HOST);
        Evaluation excerpt = evaluate(first(whole, 2), whole, KernelRelease.parse("6.12.107+deb13-arm64"));
        assertThat(excerpt.assumptions())
                .extracting(Assumption::code)
                .contains(Assumption.Code.LIST_IS_EXCERPT, Assumption.Code.GUEST_CPU_HOST);
    }

    @Test
    void eachFeaturesRegistersComeTogether() {
        RegisterList whole = registers("6.18.15+deb13-arm64__max__qemu-host");
        for (String one : List.of("PMSWINC_EL0", "PMEVTYPER30_EL0", "APGAKEYHI_EL1")) {
            RegisterList.Builder without = RegisterList.builder();
            for (int i = 0; i < whole.size(); i++) {
                if (!whole.registerAt(i).name().equals(one)) {
                    without.add(whole.registerAt(i), whole.valueAt(i));
                }
            }
            // Of a kernel whose numbers say nothing, too.
            Evaluation evaluation = evaluate(without.build(), whole, KernelRelease.parse("5.14.0-503.el9.aarch64"));
            assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(evaluation.summary()).contains(one);
        }
    }

    @Test
    void pagesOfDifferentSizeAreAWarning() {
        assertThat(moved("5.14.0-503.el9.aarch64", "5.14.0-503.el9.aarch64+64k"))
                .isTrue();
        assertThat(moved("6.8.0-45-generic", "6.8.0-45-generic-64k")).isTrue();
        assertThat(moved("6.12.107+deb13-arm64", "6.12.107+deb13-arm64-16k")).isTrue();
        assertThat(moved("4.18.0-553.el8_10.aarch64", "5.14.0-503.el9.aarch64")).isTrue();
        assertThat(moved("5.14.0-503.el9.aarch64+64k", "6.12.0-55.el10.aarch64+64k"))
                .isFalse();
        assertThat(moved("6.12.107+deb13-arm64", "6.18.15+deb13-arm64")).isFalse();
        assertThat(moved("6.16.0", "6.8.0-45-generic")).isFalse();
        assertThat(moved("6.16.0", "6.17.2-1-pve")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6.18.15-64k",
                "6.18.15+16k",
                "6.18.15-arm64-64k",
                "6.18.15-64K",
                "6.18.15-64k-pages",
                "6.12.0-1.23.3.el10uek.aarch64+64k",
                "5.15.0-300.163.18.el9uek64k.aarch64",
                "5.14.0-503.14.1.el9_5_64k.aarch64",
                "6.4.0-150600.23.25-64kb",
                "5.10.0-60.18.0.50.oe2203.aarch64+64k"
            })
    void aKernelOfUnusualPagesIsNotLikeOneThatSaysNothing(String flavoured) {
        assertThat(moved("6.18.15", flavoured)).isTrue();
        assertThat(moved(flavoured, "6.17.2-1-pve")).isTrue();
        assertThat(moved(flavoured, flavoured)).isFalse();
    }

    private static boolean moved(String from, String to) {
        RegisterList list = Lists.list("SCTLR_EL1=0x1");
        Evaluation evaluation = Evaluator.evaluate(
                new SourceSide(list, EffectivePolicy.nothing(), false, circumstances(from, null, false, null)),
                destination(list, to, circumstances(to, null, false, null)));
        boolean found = Lists.findings(evaluation).contains("PAGE_SIZE_DIFFERS/WARNING");
        assertThat(evaluation.verdict()).isEqualTo(found ? Verdict.COMPATIBLE_WITH_WARNINGS : Verdict.COMPATIBLE);
        return found;
    }

    @Test
    void aDoubtAboutASideLeavesNothingKnown() {
        Finding doubt = Finding.of(FindingKind.STALE_HOST, Severity.UNKNOWN, "The host was last seen 40 days ago.");
        RegisterList list = registers(HOST);
        Evaluation evaluation = Evaluator.evaluate(
                new SourceSide(
                        list,
                        EffectivePolicy.nothing(),
                        false,
                        new Circumstances(null, CpuOptions.HOST, false, null, List.of(doubt), List.of())),
                destination(list, null, Circumstances.NOT_SAID));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.summary()).isEqualTo(doubt.sentence());
        assertThat(evaluation.findings()).contains(doubt);
    }

    @Test
    void aQemuThatIsLaterThanAnySeenIsTakenForTheNewestAndTheAnswerSaysSo() {
        for (String qemu : List.of("11.1.4", "11.1.50", "11.2.0", "12.1-rc2", "12.0.50", "12.3.1")) {
            assertThat(stay(HOST, false, qemu).assumptions())
                    .filteredOn(assumption -> assumption.code() == Assumption.Code.LATER_QEMU_AS_NEWEST)
                    .singleElement()
                    .satisfies(assumption -> assertThat(assumption.sentence()).contains("QEMU " + qemu, "11.1.3"));
        }
        for (String qemu : List.of("10.2.1", "11.1.3", "11.1.3-1.fc44")) {
            assertThat(stay(HOST, false, qemu).assumptions())
                    .extracting(Assumption::code)
                    .doesNotContain(Assumption.Code.LATER_QEMU_AS_NEWEST);
        }
    }

    private static Evaluation stay(String capture, boolean el2, @Nullable String qemu) {
        RegisterList list = registers(capture);
        Circumstances circumstances = circumstances(null, CpuOptions.HOST, el2, qemu);
        return Evaluator.evaluate(
                new SourceSide(list, EffectivePolicy.nothing(), false, circumstances),
                destination(
                        list,
                        KernelRelease.parse(capture.substring(0, capture.indexOf("__")))
                                .text(),
                        circumstances));
    }

    private static Evaluation evaluate(RegisterList source, RegisterList destination, KernelRelease kernel) {
        Circumstances circumstances = circumstances(kernel.text(), null, false, null);
        return Evaluator.evaluate(
                new SourceSide(source, EffectivePolicy.nothing(), false, circumstances),
                destination(destination, kernel.text(), circumstances));
    }

    private static DestinationSide destination(
            RegisterList registers, @Nullable String kernel, Circumstances circumstances) {
        return new DestinationSide(
                registers,
                EffectivePolicy.nothing(),
                new LoadBehaviour.Tolerances(false),
                Accelerator.KVM,
                kernel == null ? null : KernelRelease.parse(kernel),
                null,
                OptionalLong.empty(),
                circumstances);
    }

    private static Circumstances circumstances(
            @Nullable String kernel, @Nullable CpuOptions cpu, boolean el2, @Nullable String qemu) {
        return new Circumstances(
                kernel == null ? null : KernelRelease.parse(kernel),
                cpu,
                el2,
                qemu == null ? null : QemuVersion.parse(qemu),
                List.of(),
                List.of());
    }

    private static RegisterList registers(String capture) {
        return RecordedOutcomes.registers(RecordedOutcomes.capture(capture).get("registers"));
    }

    private static RegisterList first(RegisterList list, int kept) {
        RegisterList.Builder builder = RegisterList.builder();
        for (int i = 0; i < kept; i++) {
            builder.add(list.registerAt(i), list.valueAt(i));
        }
        return builder.build();
    }
}
