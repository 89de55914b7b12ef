package org.migreg.question.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migreg.question.RealCaptures.hidden;
import static org.migreg.question.RealCaptures.safeMissing;
import static org.migreg.question.RealCaptures.table;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.capture.Capture;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.question.RealCaptures;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterNames;

class ImpactAnalysisTests {

    private static final ScenarioSettings SETTINGS = ScenarioSettings.withXMigProperties("virt-10.1");

    @Test
    void aNewEntryThatLetsGuestsThroughIsNewlyMigratableForItsMachineTypeAndThoseThatInheritFromIt() {
        Impact impact = ImpactAnalysis.of(
                table(),
                table(
                        safeMissing(1, "virt-10.2", "TCR2_EL1", "upstream/>=6.13"),
                        safeMissing(2, "virt-10.2", "PIR_EL1", "upstream/>=6.13"),
                        safeMissing(3, "virt-10.2", "PIRE0_EL1", "upstream/>=6.13")),
                RealCaptures.all("neoverse-v1"),
                SETTINGS);
        assertThat(impact.machineTypes().stream()
                        .map(each -> each.machineType() + " " + each.count(PairChange.Kind.NEWLY_MIGRATABLE) + " "
                                + each.count(PairChange.Kind.NEWLY_BLOCKED) + " " + each.unchanged()))
                .containsExactly("virt-10.1 10 0 46", "virt-10.2 10 0 46", "virt-11.0 0 0 56");
        assertThat(impact.machineTypes().getFirst().changes()).allSatisfy(change -> {
            assertThat(change.pair().source().label()).startsWith("6.12.");
            assertThat(change.before()).isEqualTo(Verdict.INCOMPATIBLE);
            assertThat(change.after()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
            assertThat(change.decidingRegisters().stream().map(RegisterId::name))
                    .containsExactly("TCR2_EL1", "PIRE0_EL1", "PIR_EL1");
        });
        assertThat(impact.machineTypes().getFirst().added()).hasSize(3);
    }

    @Test
    void anEntryThatHidesARegisterOnOneSideAloneIsNewlyBlockedAndComesFirst() {
        Impact impact = ImpactAnalysis.of(
                table(safeMissing(1, "virt-10.1", "PMMIR_EL1", "upstream/<7.3")),
                table(hidden(2, "virt-10.1", "SCTLR_EL1", "upstream/>=7.2")),
                RealCaptures.all("neoverse-n1"),
                SETTINGS);
        MachineTypeImpact onVirt101 = impact.machineTypes().getFirst();
        assertThat(onVirt101.changes().getFirst().kind()).isEqualTo(PairChange.Kind.NEWLY_BLOCKED);
        assertThat(onVirt101.removed()).hasSize(1);
        PairChange toHidden = onVirt101.changes().stream()
                .filter(change -> change.pair().source().label().startsWith("7.0")
                        && change.pair().destination().label().startsWith("7.2"))
                .findFirst()
                .orElseThrow();
        assertThat(toHidden.kind()).isEqualTo(PairChange.Kind.NEWLY_BLOCKED);
        assertThat(toHidden.decidingRegisters().stream().map(RegisterId::name)).containsExactly("SCTLR_EL1");
        assertThat(impact.decidingRegisters(PairChange.Kind.NEWLY_BLOCKED))
                .containsKey(RegisterId.parseLenient("SCTLR_EL1"));
    }

    @Test
    void theImpactAgreesWithEvaluatingEveryPairUnderBothTables() {
        List<CapturedHost> hosts = new ArrayList<>(RealCaptures.all("max"));
        hosts.addAll(RealCaptures.all("neoverse-n2", "psci"));
        PolicyTable before = table(
                safeMissing(1, "virt-11.0", "SCTLR2_EL1", "upstream/<6.18"),
                hidden(2, "virt-10.2", "KVM_REG_ARM_VENDOR_HYP_BMAP_2", "upstream/>=6.16"));
        PolicyTable after = table(
                hidden(3, "virt-11.0", "SCTLR2_EL1", "upstream/>=6.18"),
                hidden(4, "virt-10.1", "TCR2_EL1", "debian/>=6.12.107"),
                safeMissing(5, "virt-10.2", "CNTPCT_EL0", "any/*"));
        Impact impact = ImpactAnalysis.of(before, after, hosts, SETTINGS);
        for (MachineTypeImpact machineType : impact.machineTypes()) {
            ScenarioSettings settings = SETTINGS.forMachineType(machineType.machineType());
            PairEvaluator old = new PairEvaluator(before);
            PairEvaluator now = new PairEvaluator(after);
            List<String> expected = new ArrayList<>();
            for (HostPair pair : HostPair.ofOneKind(hosts)) {
                Verdict was = old.evaluate(pair, settings).verdict();
                Verdict is = now.evaluate(pair, settings).verdict();
                if (was != is) {
                    expected.add(pair + " " + was + " " + is);
                }
            }
            assertThat(machineType.changes().stream()
                            .map(change -> change.pair() + " " + change.before() + " " + change.after()))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(machineType.unchanged()).isEqualTo(112 - expected.size());
        }
        assertThat(impact.count(PairChange.Kind.NEWLY_MIGRATABLE)).isPositive();
    }

    @Test
    void hostsOfEqualListsFareEachByTheirOwnPageSize() {
        List<RegisterId> few = List.of(RegisterId.parseLenient("SCTLR_EL1"));
        List<RegisterId> more = List.of(RegisterId.parseLenient("SCTLR_EL1"), RegisterId.parseLenient("FPMR"));
        List<CapturedHost> hosts = List.of(
                RealCaptures.made("small pages", "6.8.0-31-generic", more),
                RealCaptures.made("large pages", "6.8.0-31-generic-64k", more),
                RealCaptures.made("small pages too", "6.8.0-40-generic", few));

        Impact impact = ImpactAnalysis.of(table(), table(hidden(1, "virt-10.1", "FPMR", "any/*")), hosts, SETTINGS);

        assertThat(impact.machineTypes().getFirst().changes().stream()
                        .map(change -> change.pair() + " " + change.after()))
                .containsExactlyInAnyOrder(
                        new HostPair(hosts.get(0), hosts.get(2)) + " COMPATIBLE",
                        new HostPair(hosts.get(2), hosts.get(0)) + " COMPATIBLE",
                        new HostPair(hosts.get(1), hosts.get(2)) + " COMPATIBLE_WITH_WARNINGS");
    }

    @Test
    void aTableOfTenThousandEntriesOverTwoHundredCapturesIsAnsweredInFull() {
        List<CapturedHost> hosts = twoHundredHosts();
        List<PolicyEntry> entries = new ArrayList<>();
        List<RegisterNames.Named> names = RegisterNames.all().stream()
                .filter(named -> named.id().isMigratable())
                .toList();
        for (int i = 0; entries.size() < 10_000; i++) {
            String range = "upstream/>=" + (4 + i / names.size() / 10) + "." + (i / names.size() % 10);
            entries.add(safeMissing(
                    i + 1,
                    i % 2 == 0 ? "virt-10.1" : "virt-11.0",
                    names.get(i % names.size()).name(),
                    range));
        }
        Impact impact = ImpactAnalysis.of(table(), table(entries.toArray(PolicyEntry[]::new)), hosts, SETTINGS);
        assertThat(impact.machineTypes().getFirst().added()).hasSize(10_000);
        assertThat(impact.count(PairChange.Kind.NEWLY_BLOCKED)).isZero();
        assertThat(impact.machineTypes().getFirst().count(PairChange.Kind.NEWLY_MIGRATABLE))
                .isPositive();
        long pairs = HostPair.ofOneKind(hosts).size();
        assertThat(impact.machineTypes())
                .allSatisfy(each ->
                        assertThat(each.unchanged() + each.changes().size()).isEqualTo(pairs));
    }

    @Test
    void movesBeyondTheBudgetAreCountedAndAreNotCalledUnchanged() {
        List<CapturedHost> hosts = RealCaptures.all("neoverse-v1");
        PolicyTable after = table(safeMissing(1, "virt-10.1", "TCR2_EL1", "upstream/>=6.13"));
        Impact whole = ImpactAnalysis.of(table(), after, hosts, SETTINGS, List.of("virt-10.1"));
        Impact cutShort = ImpactAnalysis.of(table(), after, hosts, SETTINGS, List.of("virt-10.1"), 6);
        assertThat(whole.notCompared()).isZero();
        assertThat(cutShort.notCompared()).isPositive();
        MachineTypeImpact of = cutShort.machineTypes().getFirst();
        assertThat(of.changes().size() + of.unchanged() + of.notCompared())
                .isEqualTo(HostPair.ofOneKind(hosts).size());
        assertThat(ImpactAnalysis.of(table(), after, hosts, SETTINGS, List.of("virt-10.1"), 6)
                        .notCompared())
                .isEqualTo(cutShort.notCompared());
    }

    /** The captured lists on made-up patch levels of their series, so that no two hosts have one kernel. */
    private static List<CapturedHost> twoHundredHosts() {
        List<CapturedHost> hosts = new ArrayList<>();
        for (int copy = 0; hosts.size() < 200; copy++) {
            for (String cpuModel : List.of("neoverse-n1", "neoverse-v1", "neoverse-n2", "max")) {
                for (CapturedHost host : RealCaptures.all(cpuModel)) {
                    Capture capture = host.capture();
                    if (hosts.size() < 200) {
                        hosts.add(new CapturedHost(
                                host.label() + " copy " + copy,
                                new Capture(
                                        capture.registers(),
                                        KernelRelease.parse(
                                                capture.kernel().base().series() + "." + (200 + copy)),
                                        null,
                                        cpuModel,
                                        null,
                                        capture.accelerator(),
                                        null,
                                        null,
                                        capture.vcpuFeatureSet(),
                                        List.of(),
                                        capture.masks(),
                                        capture.hardwareNv(),
                                        "seed",
                                        null)));
                    }
                }
            }
        }
        return hosts;
    }
}
