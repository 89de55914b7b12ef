package org.migreg.question.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.migreg.question.RealCaptures.host;
import static org.migreg.question.RealCaptures.made;
import static org.migreg.question.RealCaptures.table;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.FailedStage;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.evaluation.Verdict;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.question.RealCaptures;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.Directions;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.LossAssessment;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.question.fleet.StateLoss;
import org.migreg.register.RegisterId;

/** Advice from the captures of real kernels and no policy at all. */
class AdvisorTests {

    private static final ScenarioSettings VIRT = ScenarioSettings.withXMigProperties("virt-10.1");

    @ParameterizedTest
    @ValueSource(strings = {"neoverse-n1", "neoverse-v1", "neoverse-n2", "max"})
    void everyPairOfRealKernelsPassesTheListComparisonWithTheAdvisedTable(String cpuModel) {
        List<CapturedHost> hosts = RealCaptures.all(cpuModel);
        Advice advice = adviceForAll(hosts);
        PairEvaluator evaluator = new PairEvaluator(advice.table());
        for (HostPair pair : HostPair.ofOneKind(hosts)) {
            assertThat(listsPass(evaluator.evaluate(pair, VIRT)))
                    .as(pair.toString())
                    .isTrue();
        }
        assertThat(advice.wanted()).isEqualTo(56);
    }

    @ParameterizedTest
    @ValueSource(strings = {"neoverse-n1", "neoverse-v1", "neoverse-n2", "max"})
    void noAdvisedTableForRealKernelsIsLargerThanTheRegistersThatFailAndNoEntryCanBeLeftOut(String cpuModel) {
        List<CapturedHost> hosts = RealCaptures.all(cpuModel);
        Advice advice = adviceForAll(hosts);
        TreeSet<RegisterId> failing = new TreeSet<>();
        TreeSet<String> failedPairs = new TreeSet<>();
        PairEvaluator without = new PairEvaluator(table());
        for (HostPair pair : HostPair.ofOneKind(hosts)) {
            for (Finding finding : without.evaluate(pair, VIRT).findings()) {
                if (finding.kind() == FindingKind.EXTRA_FATAL) {
                    failing.add(finding.register());
                    failedPairs.add(pair.toString());
                }
            }
        }
        assertThat(advice.entries().stream().map(entry -> entry.entry().register()))
                .containsExactlyInAnyOrderElementsOf(failing);
        assertThat(advice.failedBefore().stream().map(HostPair::toString))
                .containsExactlyInAnyOrderElementsOf(failedPairs);
        for (AdvisedEntry entry : advice.entries()) {
            List<PolicyEntry> others = new ArrayList<>(advice.table().allEntries());
            others.remove(entry.entry());
            PairEvaluator less = new PairEvaluator(table(others.toArray(PolicyEntry[]::new)));
            List<String> failingAgain = HostPair.ofOneKind(hosts).stream()
                    .filter(pair -> !listsPass(less.evaluate(pair, VIRT)))
                    .map(HostPair::toString)
                    .toList();
            assertThat(entry.unblocks().stream().map(HostPair::toString))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(failingAgain);
        }
        assertThat(advice.entries())
                .isSortedAccordingTo((a, b) ->
                        Integer.compare(b.unblocks().size(), a.unblocks().size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"neoverse-n1", "neoverse-v1", "neoverse-n2", "max"})
    void exactlyThePairsThatValuesStillForbidAreNamed(String cpuModel) {
        List<CapturedHost> hosts = RealCaptures.all(cpuModel);
        Advice advice = adviceForAll(hosts);
        PairEvaluator everythingTolerated = new PairEvaluator(everythingSafeToMiss(hosts));
        List<String> forbidden = HostPair.ofOneKind(hosts).stream()
                .filter(pair -> everythingTolerated.evaluate(pair, VIRT).verdict() == Verdict.INCOMPATIBLE)
                .map(HostPair::toString)
                .toList();
        assertThat(advice.forbidden().stream().map(move -> move.pair().toString()))
                .isNotEmpty()
                .containsExactlyElementsOf(forbidden);
        assertThat(advice.undecided()).isEmpty();
        assertThat(advice.forbidden())
                .allSatisfy(move -> assertThat(move.refusals()).isNotEmpty());
    }

    @Test
    void aRefusedPsciVersionIsCuredByTheVersionThatEveryWantedDestinationOffers() {
        Advice advice = adviceForAll(List.of(
                host("6.12.107+deb13-arm64", "neoverse-n1"),
                host("6.18.15+deb13-arm64", "neoverse-n1"),
                host("7.3.4+deb13-arm64", "neoverse-n1")));
        assertThat(advice.forbidden().stream().map(move -> move.pair().toString()))
                .containsExactly(
                        "6.18.15 neoverse-n1 qemu-host -> 6.12.107 neoverse-n1 qemu-host",
                        "7.3.4 neoverse-n1 qemu-host -> 6.12.107 neoverse-n1 qemu-host");
        assertThat(advice.forbidden()).allSatisfy(move -> {
            assertThat(move.isCurable()).isTrue();
            assertThat(move.refusals())
                    .singleElement()
                    .satisfies(
                            refusal -> assertThat(refusal.cure().cpuProperty()).isEqualTo("kvm-psci-version=1.1"));
        });
    }

    @Test
    void whatKernel61WantsForItselfHasNoCureAndAPmuDifferenceIsCuredByPmuOff() {
        Advice advice = adviceForAll(List.of(host("6.1.0-50-arm64", "max"), host("6.12.107+deb13-arm64", "max")));
        BlockedMove back = advice.forbidden().stream()
                .filter(move -> move.pair().destination().label().startsWith("6.1.0"))
                .findFirst()
                .orElseThrow();
        assertThat(back.isCurable()).isFalse();
        assertThat(cureOf(back, "CCSIDR_0").kind()).isEqualTo(Cure.Kind.NONE);
        assertThat(cureOf(back, "ID_DFR0_EL1").cpuProperty()).isEqualTo("pmu=off");
    }

    @Test
    void aRegisterWhoseFeatureTheGuestLacksCanBeHiddenOnTheDestinationAndThatReallyHelps() {
        CapturedHost older = host("6.16.12+deb13-arm64", "max");
        CapturedHost newer = host("6.18.15+deb13-arm64", "max");
        Advice advice = Advisor.advise(new AdviceRequest(
                table(), "virt-10.1", true, List.of(new HostPair(/* source= */ older, /* destination= */ newer))));
        assertThat(advice.entries()).isEmpty();
        BlockedMove blocked = advice.forbidden().getFirst();
        Cure cure = cureOf(blocked, "SCTLR2_EL1");
        assertThat(cure.kind()).isEqualTo(Cure.Kind.HIDING_ENTRY);
        assertThat(cure.entry().kernels()).hasToString("upstream/>=6.18");
        assertThat(new PairEvaluator(table(cure.entry()))
                        .evaluate(blocked.pair(), VIRT)
                        .verdict()
                        .mayMigrate())
                .isTrue();
    }

    @Test
    void spuriousTcr2OfKernel612IsSafeToMissOnNewerHostsWhereOnlyTheWayForwardIsWanted() {
        Advice advice = Advisor.advise(AdviceRequest.among(
                table(),
                "virt-10.1",
                List.of(
                        host("6.12.107+deb13-arm64", "neoverse-n1"),
                        host("6.16.12+deb13-arm64", "neoverse-n1"),
                        host("6.18.15+deb13-arm64", "neoverse-n1")),
                Directions.FORWARD));
        assertThat(advice.entries().stream()
                        .map(entry -> entry.entry().property() + " "
                                + entry.entry().register().name() + " "
                                + entry.entry().kernels() + " " + entry.loss()))
                .containsExactly(
                        "x-mig-safe-missing-regs TCR2_EL1 upstream/>=6.16 NONE",
                        "x-mig-safe-missing-regs PIRE0_EL1 upstream/>=6.16 NONE",
                        "x-mig-safe-missing-regs PIR_EL1 upstream/>=6.16 NONE");
        assertThat(advice.entries().getFirst().lossReason())
                .isEqualTo("Losing TCR2_EL1 is harmless: the guest never had TCR2: ID_AA64MMFR3_EL1.TCRX is 0.");
        assertThat(advice.forbidden()).isEmpty();
    }

    @Test
    void aValueThatIsHarmlessWhileZeroBecomesTheEntrysCondition() {
        AdvisedEntry entry = entryFor("KVM_REG_ARM_VENDOR_HYP_BMAP_2", RealCaptures.all("neoverse-v1"));
        assertThat(entry.entry().property()).isEqualTo(CompatProperty.SAFE_MISSING_REGS);
        assertThat(entry.entry().kernels()).hasToString("upstream/<6.16");
        assertThat(entry.entry().condition()).hasToString("value & 0xffffffffffffffff == 0x0");
        assertThat(entry.loss()).isEqualTo(StateLoss.NONE_WHILE_CONDITION_HOLDS);
    }

    @Test
    void whatTheGuestWouldLoseIsMarked() {
        List<CapturedHost> n1 = RealCaptures.all("neoverse-n1");
        assertThat(entryFor("CNTP_CVAL_EL0", n1).loss()).isEqualTo(StateLoss.STATE);
        assertThat(entryFor("CCSIDR_4", n1).loss()).isEqualTo(StateLoss.NONE);
        assertThat(entryFor("PMMIR_EL1", n1).loss()).isEqualTo(StateLoss.NONE);
        assertThat(entryFor("PIR_EL1", n1).loss()).isEqualTo(StateLoss.NONE);
        assertThat(entryFor("PIR_EL1", RealCaptures.all("max")).loss()).isEqualTo(StateLoss.STATE);
    }

    @Test
    void pmuRegistersOfAGuestWithoutPmuAreHarmlessToLose() {
        CapturedHost listsThem = host("6.12.107+deb13-arm64", "neoverse-n1", "psci_pmu");
        RegisterId counter = RegisterId.parseLenient("PMCCNTR_EL0");
        assertThat(LossAssessment.of(counter, listsThem.capture().registers()).loss())
                .isEqualTo(StateLoss.STATE);
        assertThat(LossAssessment.of(
                                counter,
                                host("6.12.107+deb13-arm64", "neoverse-n1", "psci")
                                        .capture()
                                        .registers())
                        .loss())
                .isEqualTo(StateLoss.NONE);
    }

    @Test
    void sourcesWithoutThePropertiesCannotHideSoOnlySafeMissingIsAdvised() {
        Advice advice = Advisor.advise(
                new AdviceRequest(table(), "virt-10.1", false, HostPair.ofOneKind(RealCaptures.all("neoverse-n1"))));
        assertThat(advice.entries())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.entry().property()).isEqualTo(CompatProperty.SAFE_MISSING_REGS));
    }

    @Test
    void whatTheTablesAlreadySayIsNotAdvisedAgain() {
        Advice first = adviceForAll(RealCaptures.all("neoverse-n1"));
        Advice second = Advisor.advise(
                AdviceRequest.among(first.table(), "virt-10.1", RealCaptures.all("neoverse-n1"), Directions.BOTH));
        assertThat(second.entries()).isEmpty();
        assertThat(second.failedBefore()).isEmpty();
    }

    @Test
    void kernelsOfStreamsWithNumbersOfTheirOwnGetRangesOfTheirOwn() {
        RegisterId common = RegisterId.parseLenient("SCTLR_EL1");
        RegisterId extra = RegisterId.parseLenient("TCR2_EL1");
        Advice advice = adviceForAll(List.of(
                made("el9 old", "5.14.0-362.8.1.el9_3.aarch64", List.of(common)),
                made("el9 new", "5.14.0-503.14.1.el9_5.aarch64", List.of(common, extra)),
                made("upstream", "6.6.30", List.of(common, extra))));
        assertThat(advice.entries().stream()
                        .map(entry ->
                                entry.entry().property() + " " + entry.entry().kernels()))
                .containsExactly("x-mig-safe-missing-regs el9/<5.14.0-503.14.1.el9_5");
    }

    @Test
    void kernelsThatNoRangeTellsApartGetAnEntryForEveryHost() {
        RegisterId common = RegisterId.parseLenient("SCTLR_EL1");
        RegisterId extra = RegisterId.parseLenient("TCR2_EL1");
        // A kernel that somebody built may have anything backported: no range of upstream surely has or lacks it.
        Advice advice = adviceForAll(List.of(
                made("has it", "6.16.14-57-generic", List.of(common, extra)),
                made("lacks it", "6.16.15-ours", List.of(common)),
                made("older", "6.6.30", List.of(common))));
        assertThat(advice.entries().stream()
                        .map(entry ->
                                entry.entry().property() + " " + entry.entry().kernels()))
                .containsExactly("x-mig-safe-missing-regs any/*");
        assertThat(advice.undecided()).isEmpty();
    }

    @Test
    void adviceThatWasCutShortLetsEveryMovePassAndNamesTheRegisters() {
        AdviceRequest request =
                AdviceRequest.among(table(), "virt-10.1", RealCaptures.all("neoverse-n1"), Directions.BOTH);
        Advice cutShort = Advisor.advise(request, 1);
        assertThat(cutShort.notSearchedOut()).contains(RegisterId.parseLenient("TCR2_EL1"));
        PairEvaluator after = new PairEvaluator(cutShort.table());
        assertThat(request.wanted()).allMatch(pair -> listsPass(after.evaluate(pair, VIRT)));
        assertThat(Advisor.advise(request).notSearchedOut()).isEmpty();
    }

    @Test
    void aMachineTypeThatDoesNotExistIsRefused() {
        assertThatThrownBy(() ->
                        AdviceRequest.among(PolicyTable.empty(), "virt-10.1", RealCaptures.all("max"), Directions.BOTH))
                .hasMessageContaining("virt-10.1 does not exist");
    }

    private static Advice adviceForAll(List<CapturedHost> hosts) {
        return Advisor.advise(AdviceRequest.among(table(), "virt-10.1", hosts, Directions.BOTH));
    }

    private static AdvisedEntry entryFor(String register, List<CapturedHost> hosts) {
        return adviceForAll(hosts).entries().stream()
                .filter(entry -> entry.entry().register().name().equals(register))
                .findFirst()
                .orElseThrow();
    }

    private static Cure cureOf(BlockedMove move, String register) {
        return move.refusals().stream()
                .filter(refusal -> refusal.finding().register().name().equals(register))
                .findFirst()
                .orElseThrow()
                .cure();
    }

    static boolean listsPass(Evaluation evaluation) {
        FailedStage stage = evaluation.qemuOutcome().failedAt();
        return stage == null || stage == FailedStage.VALUE;
    }

    private static PolicyTable everythingSafeToMiss(List<CapturedHost> hosts) {
        TreeSet<RegisterId> all = new TreeSet<>();
        hosts.forEach(host -> all.addAll(host.capture().registers().ids()));
        List<PolicyEntry> entries = new ArrayList<>();
        for (RegisterId register : all) {
            entries.add(RealCaptures.safeMissing(entries.size() + 1, "virt-10.1", register.toString(), "any/*"));
        }
        return table(entries.toArray(PolicyEntry[]::new));
    }
}
