package org.migreg.question.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.migreg.question.RealCaptures.host;
import static org.migreg.question.RealCaptures.made;
import static org.migreg.question.RealCaptures.safeMissing;
import static org.migreg.question.RealCaptures.table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.migreg.capture.Capture;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.Accelerator;
import org.migreg.question.RealCaptures;
import org.migreg.question.advice.AdviceRequest;
import org.migreg.question.advice.Advisor;
import org.migreg.question.advice.Cure;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.Directions;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.WholeLists;

class UpgradePlannerTests {

    private static final ScenarioSettings VIRT = ScenarioSettings.withXMigProperties("virt-10.1");
    private static final String DEBIAN_6_12 = "6.12.107+deb13-arm64";
    private static final String DEBIAN_6_16 = "6.16.12+deb13-arm64";
    private static final String DEBIAN_6_18 = "6.18.15+deb13-arm64";
    private static final String DEBIAN_7_2 = "7.2.13+deb14-arm64";

    @Test
    void withTheEntriesForTcr2AFleetOnNeoverseN1GoesFrom612To618AndOnTo72() {
        UpgradePlan plan = UpgradePlanner.plan(request(
                tcr2IsSafeToMiss(), RealCaptures.all("neoverse-n1"), DEBIAN_6_12, false, DEBIAN_6_18, DEBIAN_7_2));
        assertThat(plan.asked().mayProceed()).isTrue();
        assertThat(plan.remedy()).isNull();
        assertThat(plan.uncured()).isEmpty();
        // Started on 6.12: two moves; on 6.18: one.
        assertThat(plan.asked().moves()).isEqualTo(3);
    }

    @Test
    void withoutThemGuestsAreStrandedAndTheMissingEntriesAreTheRemedy() {
        UpgradePlan plan =
                UpgradePlanner.plan(request(table(), RealCaptures.all("neoverse-n1"), DEBIAN_6_12, false, DEBIAN_6_18));
        assertThat(plan.asked().mayProceed()).isFalse();
        assertThat(plan.asked().strandedForward().stream().map(StrandedGuest::toString))
                .containsExactly(
                        "started on 6.12.107 neoverse-n1 qemu-host: cannot go to 6.18.15 neoverse-n1 qemu-host");
        assertThat(plan.remedy().hops()).containsExactly(kernel(DEBIAN_6_18));
        assertThat(plan.remedy().check().mayProceed()).isTrue();
        assertThat(plan.remedy().entries().stream()
                        .map(entry -> entry.entry().register().name() + " "
                                + entry.entry().kernels()))
                .containsExactly("TCR2_EL1 upstream/>=6.18", "PIRE0_EL1 upstream/>=6.18", "PIR_EL1 upstream/>=6.18");
    }

    @Test
    void aGuestThatWasStartedOn612KeepsItsPsciVersionAndCanBeTakenBackWhileOneStartedOn618CanNot() {
        PolicyTable advised = Advisor.advise(
                        AdviceRequest.among(table(), "virt-10.1", RealCaptures.all("neoverse-n1"), Directions.BOTH))
                .table();
        UpgradePlan plan =
                UpgradePlanner.plan(request(advised, RealCaptures.all("neoverse-n1"), DEBIAN_6_12, true, DEBIAN_6_18));
        assertThat(plan.asked().mayProceed()).isTrue();
        assertThat(plan.asked().mayRollBack()).isFalse();
        assertThat(plan.asked().strandedBackward().stream().map(StrandedGuest::toString))
                .containsExactly(
                        "started on 6.18.15 neoverse-n1 qemu-host: cannot go to 6.12.107 neoverse-n1 qemu-host");
        assertThat(plan.remedy()).isNull();
        assertThat(plan.uncured())
                .singleElement()
                .satisfies(move -> assertThat(move.refusals().getFirst().cure().kind())
                        .isEqualTo(Cure.Kind.PSCI_VERSION_PROPERTY));
    }

    @Test
    void whereValuesForbidTheWayBackTheEntriesThatOpenTheWayThereAreStillTheRemedy() {
        UpgradePlan plan =
                UpgradePlanner.plan(request(table(), RealCaptures.all("neoverse-n1"), DEBIAN_6_12, true, DEBIAN_6_18));
        assertThat(plan.asked().mayProceed()).isFalse();
        assertThat(plan.remedy().hops()).containsExactly(kernel(DEBIAN_6_18));
        assertThat(plan.remedy().check().mayProceed()).isTrue();
        assertThat(plan.remedy().check().mayRollBack()).isFalse();
        assertThat(plan.remedy().check().strandedBackward().stream().map(StrandedGuest::toString))
                .containsExactly(
                        "started on 6.18.15 neoverse-n1 qemu-host: cannot go to 6.12.107 neoverse-n1 qemu-host");
        assertThat(plan.uncured()).hasSize(1);
    }

    @Test
    void whatValuesForbidIsSaidWhateverTheDestinationsQemuDoesWithLists() {
        ScenarioSettings tolerances =
                new ScenarioSettings("virt-10.1", new LoadBehaviour.Tolerances(false), true, null);
        UpgradePlan plan = UpgradePlanner.plan(new UpgradeRequest(
                table(),
                tolerances,
                RealCaptures.all("neoverse-n1"),
                List.of(kernel(DEBIAN_6_12)),
                List.of(kernel(DEBIAN_6_18)),
                true));
        assertThat(plan.asked().mayRollBack()).isFalse();
        assertThat(plan.remedy()).isNull();
        assertThat(plan.uncured().getFirst().refusals().getFirst().cure().kind())
                .isEqualTo(Cure.Kind.PSCI_VERSION_PROPERTY);
    }

    @Test
    void everyGuestCanBeTakenBackBetweenKernelsThatOfferTheSame() {
        UpgradePlan plan = UpgradePlanner.plan(
                request(table(), RealCaptures.all("neoverse-n1"), DEBIAN_6_16, true, DEBIAN_6_18, DEBIAN_7_2));
        assertThat(plan.asked().mayProceed()).isTrue();
        assertThat(plan.asked().mayRollBack()).isTrue();
    }

    @Test
    void whereTheDirectWayIsClosedAndAStopOnTheWayOpensItTheStopIsTheRemedy() {
        // Only 6.1 exposes the register, and only 6.6 may miss it: whoever has been there no longer carries it.
        RegisterId common = RegisterId.parseLenient("SCTLR_EL1");
        RegisterId old = RegisterId.parseLenient("TCR2_EL1");
        CapturedHost a = made("a", "6.1.100", List.of(common, old));
        CapturedHost b = made("b", "6.6.30", List.of(common));
        CapturedHost c = made("c", "6.12.10", List.of(common));
        PolicyTable table = table(safeMissing(1, "virt-10.1", "TCR2_EL1", "upstream/>=6.6|<6.12"));
        UpgradePlan plan = UpgradePlanner.plan(new UpgradeRequest(
                table,
                VIRT,
                List.of(a, b, c),
                List.of(KernelRelease.parse("6.1.100")),
                List.of(KernelRelease.parse("6.12.10")),
                false));
        assertThat(plan.asked().mayProceed()).isFalse();
        // One entry would do as well, and comes first; where tables cannot be changed the stop remains.
        assertThat(plan.remedy().entries()).hasSize(1);
        UpgradePlan unchangeable = UpgradePlanner.plan(new UpgradeRequest(
                table,
                new ScenarioSettings("virt-10.1", new LoadBehaviour.Tolerances(true), true, null),
                List.of(a, b, c),
                List.of(KernelRelease.parse("6.1.100")),
                List.of(KernelRelease.parse("6.12.10")),
                false));
        assertThat(unchangeable.asked().mayProceed()).isFalse();
        assertThat(unchangeable.remedy().hops().stream().map(KernelRelease::toString))
                .containsExactly("6.6.30", "6.12.10");
        assertThat(unchangeable.remedy().entries()).isEmpty();
    }

    @Test
    void aKernelWithoutACaptureIsSaidAndNothingIsPromised() {
        UpgradePlan plan =
                UpgradePlanner.plan(request(table(), RealCaptures.all("neoverse-n1"), DEBIAN_6_12, false, "6.19.3"));
        assertThat(plan.asked().mayProceed()).isFalse();
        assertThat(plan.asked().missing())
                .containsExactly("No host of neoverse-n1, kvm, qemu-host with kernel 6.19.3 is captured.");
    }

    @Test
    void everyKindOfHostInTheFleetMustGetThrough() {
        List<CapturedHost> both = Stream.concat(
                        RealCaptures.all("neoverse-n1").stream(), RealCaptures.all("max").stream())
                .toList();
        UpgradePlan plan = UpgradePlanner.plan(request(tcr2IsSafeToMiss(), both, DEBIAN_6_16, false, DEBIAN_6_18));
        assertThat(plan.asked().strandedForward().stream().map(StrandedGuest::toString))
                .containsExactly("started on 6.16.12 max qemu-host: cannot go to 6.18.15 max qemu-host");
        assertThat(plan.uncured().getFirst().refusals().getFirst().cure().kind())
                .isEqualTo(Cure.Kind.HIDING_ENTRY);
    }

    @Test
    void aGuestCarriesCommonValuesAndTheDestinationsResetValuesOfWhatDidNotTravel() {
        CapturedHost older = host(DEBIAN_6_12, "neoverse-n1");
        CapturedHost newer = host(DEBIAN_6_18, "neoverse-n1");
        Evaluation evaluation = new PairEvaluator(tcr2IsSafeToMiss()).evaluate(new HostPair(older, newer), VIRT);
        RegisterList own = newer.capture().registers();
        RegisterList after = CarriedRegisters.after(older.capture().registers(), own, evaluation);
        assertThat(after.ids()).isEqualTo(own.ids());
        RegisterId psci = RegisterId.parseLenient("KVM_REG_ARM_PSCI_VERSION");
        assertThat(after.valueOf(psci)).hasValue(0x10001);
        assertThat(own.valueOf(psci)).hasValue(0x10003);
        RegisterId bitmap = RegisterId.parseLenient("KVM_REG_ARM_VENDOR_HYP_BMAP_2");
        assertThat(after.valueOf(bitmap)).isEqualTo(own.valueOf(bitmap));
    }

    /** 200 kernels between make 20,101 ways, on each of which the PSCI version closes the first step. */
    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void moreWaysThanCanBeTriedAreCountedInTheAnswer() {
        List<CapturedHost> hosts = new ArrayList<>();
        hosts.add(offering("6.12.0", 0x10003));
        for (int patch = 1; patch <= 201; patch++) {
            hosts.add(offering("6.12." + patch, 0x10001));
        }
        UpgradePlan plan = UpgradePlanner.plan(request(table(), hosts, "6.12.0", false, "6.12.201"));
        assertThat(plan.asked().strandedForward()).hasSize(1);
        assertThat(plan.remedy()).isNull();
        assertThat(plan.untriedWays()).isBetween(1L, 20_100L);
        assertThat(plan.uncured()).hasSize(1);
    }

    @Test
    void ofFewWaysAllAreTried() {
        List<CapturedHost> hosts =
                List.of(offering("6.12.0", 0x10003), offering("6.12.1", 0x10001), offering("6.12.2", 0x10001));
        UpgradePlan plan = UpgradePlanner.plan(request(table(), hosts, "6.12.0", false, "6.12.2"));
        assertThat(plan.remedy()).isNull();
        assertThat(plan.untriedWays()).isZero();
        assertThat(UpgradePlanner.plan(request(table(), hosts, "6.12.0", false, "6.12.2"), 2)
                        .untriedWays())
                .isEqualTo(1);
    }

    /** Two hosts of every kernel let a guest go 2 to the 11th ways up, and from each as many down. */
    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aWayWithMoreMovesThanAreLookedAtIsNoYes() {
        List<CapturedHost> hosts = new ArrayList<>();
        for (int patch = 0; patch <= 10; patch++) {
            CapturedHost first = offering("6.12." + patch, 0x10001);
            hosts.add(first);
            hosts.add(new CapturedHost(first.label() + " again", first.capture()));
        }
        String[] hops =
                IntStream.rangeClosed(1, 10).mapToObj(patch -> "6.12." + patch).toArray(String[]::new);
        UpgradePlan plan = UpgradePlanner.plan(request(table(), hosts, "6.12.0", true, hops));
        assertThat(plan.asked().mayProceed()).isFalse();
        assertThat(plan.asked().mayRollBack()).isFalse();
        assertThat(plan.asked().missing())
                .containsExactly("There are more moves of guests than are looked at; these are the first 20000: name"
                        + " fewer hops, or one CPU model and vCPU feature set.");
        assertThat(plan.remedy()).isNull();
    }

    private static CapturedHost offering(String kernel, long psciVersion) {
        RegisterList.Builder registers = RegisterList.builder();
        registers.add(RegisterId.parseLenient("KVM_REG_ARM_PSCI_VERSION"), psciVersion);
        registers.add(RegisterId.parseLenient("SCTLR_EL1"), 1);
        return new CapturedHost(
                kernel,
                new Capture(
                        WholeLists.with(registers.build()),
                        KernelRelease.parse(kernel),
                        null,
                        "made-up",
                        null,
                        Accelerator.KVM,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        "made up",
                        null));
    }

    @Test
    void anUpgradeWithoutKernelsIsRefused() {
        assertThatThrownBy(() -> new UpgradeRequest(table(), VIRT, List.of(), List.of(), List.of(), false))
                .hasMessageContaining("current names no kernel");
    }

    private static UpgradeRequest request(
            PolicyTable table, List<CapturedHost> known, String current, boolean rollback, String... hops) {
        return new UpgradeRequest(
                table,
                VIRT,
                known,
                List.of(kernel(current)),
                Stream.of(hops).map(UpgradePlannerTests::kernel).toList(),
                rollback);
    }

    private static KernelRelease kernel(String text) {
        return RealCaptures.KERNELS.contains(text) ? host(text, "neoverse-n1").kernel() : KernelRelease.parse(text);
    }

    private static PolicyTable tcr2IsSafeToMiss() {
        return table(
                safeMissing(1, "virt-10.1", "TCR2_EL1", "upstream/>=6.13"),
                safeMissing(2, "virt-10.1", "PIR_EL1", "upstream/>=6.13"),
                safeMissing(3, "virt-10.1", "PIRE0_EL1", "upstream/>=6.13"));
    }
}
