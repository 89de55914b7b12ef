package org.migreg.question.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.migreg.question.RealCaptures.hidden;
import static org.migreg.question.RealCaptures.safeMissing;
import static org.migreg.question.RealCaptures.table;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.ValueCondition;
import org.migreg.question.RealCaptures;
import org.migreg.question.advice.AdviceRequest;
import org.migreg.question.advice.Advisor;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.Directions;
import org.migreg.register.RegisterId;

class LintTests {

    private static final List<CapturedHost> N1 = RealCaptures.all("neoverse-n1");
    private static final List<CapturedHost> MAX = RealCaptures.all("max");

    @Test
    void aTableInOrderHasNoFindings() {
        assertThat(lint(
                        table(
                                safeMissing(1, "virt-10.1", "TCR2_EL1", "upstream/>=6.13"),
                                hidden(2, "virt-10.1", "KVM_REG_ARM_VENDOR_HYP_BMAP_2", "upstream/>=6.16")),
                        N1))
                .isEmpty();
    }

    @Test
    void anEntryForKernelsThatNobodyHasIsFound() {
        assertThat(only(lint(table(safeMissing(1, "virt-10.1", "TCR2_EL1", "ubuntu/>=6.8.0")), N1)))
                .isEqualTo(
                        "matches-no-known-kernel WARNING [1] Entry 1 of virt-10.1 (x-mig-safe-missing-regs, TCR2_EL1,"
                                + " ubuntu/>=6.8.0) matches none of the 8 known kernels.");
    }

    /** Of 150 ranges of one register every two are compared: more than it takes some seconds to. */
    @Timeout(120)
    @Test
    void whatIsLeftOutOfATableWithTooManyEntriesForOneRegisterIsSaid() {
        PolicyEntry[] entries = new PolicyEntry[150];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = safeMissing(i + 1, "virt-10.1", "TCR2_EL1", "upstream/>=6." + i + "|<6." + (i + 1));
        }
        List<LintFinding> cutShort = lint(table(entries), List.of()).stream()
                .filter(finding -> finding.rule() == LintRule.CUT_SHORT)
                .toList();
        assertThat(only(cutShort))
                .startsWith("cut-short WARNING [")
                .contains("Not everything was looked at: from Entry ");
    }

    @Test
    void withoutCapturesNothingIsSaidAboutKnownKernels() {
        assertThat(lint(table(safeMissing(1, "virt-10.1", "TCR2_EL1", "ubuntu/>=6.8.0")), List.of()))
                .isEmpty();
    }

    @Test
    void anEntryThatAnInheritedOneMakesSuperfluousIsFoundWithBoth() {
        LintFinding finding = lint(
                        table(
                                safeMissing(1, "virt-11.0", "TCR2_EL1", "upstream/>=6.13"),
                                safeMissing(2, "virt-10.1", "TCR2_EL1", "upstream/>=6.16")),
                        N1)
                .getFirst();
        assertThat(finding.rule()).isEqualTo(LintRule.SHADOWED_BY_INHERITED);
        assertThat(finding.entries().stream().map(PolicyEntry::id)).containsExactly(2L, 1L);
        assertThat(finding.mend()).startsWith("Remove it, unless");
    }

    @Test
    void anInheritedEntryUnderAnotherConditionShadowsNothing() {
        PolicyEntry always = safeMissing(2, "virt-10.1", "TCR2_EL1", "upstream/>=6.13");
        PolicyEntry conditional = new PolicyEntry(
                1,
                new EntryContent(
                                "virt-11.0",
                                CompatProperty.SAFE_MISSING_REGS,
                                always.register(),
                                always.kernels(),
                                new ValueCondition(-1, 0),
                                "while 0")
                        .withReferences(List.of("a bug")));
        assertThat(lint(table(conditional, always), N1)).isEmpty();
    }

    @Test
    void hiddenAndSafeMissingOnTheSameHostsContradictEachOtherAlsoAcrossInheritance() {
        assertThat(lint(
                                table(
                                        hidden(1, "virt-11.0", "KVM_REG_ARM_VENDOR_HYP_BMAP_2", "upstream/>=6.16"),
                                        safeMissing(2, "virt-10.1", "KVM_REG_ARM_VENDOR_HYP_BMAP_2", "upstream/>=7.0")),
                                N1)
                        .stream()
                        .map(LintFinding::rule))
                .containsExactly(LintRule.HIDDEN_AND_SAFE_MISSING);
    }

    @Test
    void hiddenOnNewKernelsAloneThoughOlderOnesSendItTooMakesMovesFail() {
        LintFinding finding = lint(table(hidden(1, "virt-10.1", "CNTPCT_EL0", "upstream/>=7.0")), N1)
                .getFirst();
        assertThat(finding.rule()).isEqualTo(LintRule.HIDDEN_ON_ONE_SIDE);
        assertThat(finding.level()).isEqualTo(LintLevel.ERROR);
        // 6.12.43, 6.12.107, 6.16.12 and 6.18.15 send it to 7.0.13, 7.2.13 and 7.3.4.
        assertThat(finding.sentence())
                .contains("so 12 moves fail, such as 6.12.43 neoverse-n1 qemu-host to 7.0.13 neoverse-n1 qemu-host");
    }

    @Test
    void hidingOnOneSideIsNoFaultWhereTheHidingHostsTolerateTheRegister() {
        assertThat(lint(
                                table(
                                        hidden(1, "virt-10.1", "CNTPCT_EL0", "upstream/>=7.0"),
                                        safeMissing(2, "virt-10.1", "CNTPCT_EL0", "upstream/>=7.0")),
                                N1)
                        .stream()
                        .map(LintFinding::rule))
                .doesNotContain(LintRule.HIDDEN_ON_ONE_SIDE);
    }

    @Test
    void hidingARegisterOfAFeatureThatGuestsHaveIsAnErrorAndNotWhereTheyLackIt() {
        PolicyTable table = table(hidden(1, "virt-10.1", "SCTLR2_EL1", "upstream/>=6.18"));
        assertThat(lint(table, MAX).stream().map(LintFinding::rule))
                .containsExactly(LintRule.HIDES_WHAT_THE_GUEST_NEEDS);
        PolicyTable spurious = table(hidden(1, "virt-10.1", "TCR2_EL1", "upstream/>=6.12|<6.16"));
        assertThat(lint(spurious, N1)).isEmpty();
        PolicyTable readOnly = table(hidden(1, "virt-10.1", "PMMIR_EL1", "upstream/>=7.3"));
        assertThat(lint(readOnly, N1)).isEmpty();
    }

    @Test
    void missingReferencesAndUnknownRegistersAreFound() {
        PolicyEntry entry = new PolicyEntry(
                7,
                new EntryContent(
                        "virt-10.1",
                        CompatProperty.SAFE_MISSING_REGS,
                        RegisterId.parse("0x603000000013fffe"),
                        KernelRange.parse("upstream/>=6.13"),
                        null,
                        "why not"));
        assertThat(lint(table(entry), N1).stream().map(finding -> finding.rule().id() + " " + finding.level()))
                .containsExactly("unknown-register WARNING", "no-reference INFO");
    }

    @Test
    void rangesOfOneMachineTypeThatOverlapAreFoundEvenBetweenCapturedKernels() {
        assertThat(lint(
                                table(
                                        safeMissing(1, "virt-10.1", "TCR2_EL1", "upstream/>=6.13|<6.15"),
                                        safeMissing(2, "virt-10.1", "TCR2_EL1", "upstream/>=6.14")),
                                List.of())
                        .stream()
                        .map(finding -> finding.rule().id() + " " + finding.sentence()))
                .containsExactly("overlapping-ranges Entry 1 of virt-10.1 (x-mig-safe-missing-regs, TCR2_EL1,"
                        + " upstream/>=6.13|<6.15) and entry 2 (upstream/>=6.14) both take in kernel 6.14.0.");
        assertThat(lint(
                        table(
                                safeMissing(1, "virt-10.1", "TCR2_EL1", "upstream/>=6.13|<6.15"),
                                safeMissing(2, "virt-10.1", "TCR2_EL1", "upstream/>=6.15")),
                        List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"el9/>=6.12", "el10/>=6.13", "el8/>=5.14.0-503.el8", "upstream/>6.12.5|<6.12.6"})
    void aRangeInWhichNoKernelCanLieIsAnError(String range) {
        assertThat(lint(table(safeMissing(1, "virt-10.1", "TCR2_EL1", range)), N1).stream()
                        .map(finding -> finding.rule() + " " + finding.level()))
                .containsExactly("CAN_NEVER_MATCH ERROR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "el9/>=5.14.0-503",
                "el9/>=5.14.0-503.14.1.el9_5|<5.14.0-570",
                "el9/*",
                "upstream/>=6.12.5|<6.12.6",
                "upstream/>=6.16-rc1|<6.16-rc3",
                "upstream/<6.1",
                "suse/>=6.4.0-150600.23",
                "debian/>=6.12.43-1~bpo12+1",
                "any/*"
            })
    void aRangeInWhichAKernelCanLieIsNot(String range) {
        assertThat(lint(table(safeMissing(1, "virt-10.1", "TCR2_EL1", range)), List.of()))
                .isEmpty();
    }

    @Test
    void theLevelsCanBeSet() {
        PolicyTable table = table(safeMissing(1, "virt-10.1", "TCR2_EL1", "ubuntu/>=6.8.0"));
        assertThat(Lint.over(table, N1, Map.of(LintRule.MATCHES_NO_KNOWN_KERNEL, LintLevel.ERROR)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(LintLevel.ERROR));
        assertThat(Lint.over(table, N1, Map.of(LintRule.MATCHES_NO_KNOWN_KERNEL, LintLevel.OFF)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LintRule.class)
    void everyRuleIsReadByItsId(LintRule rule) {
        assertThat(LintRule.parse(rule.id())).isEqualTo(rule);
    }

    @Test
    void anUnknownRuleOrLevelIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> LintRule.parse("x")).hasMessageContaining("hidden-on-one-side");
        assertThatThrownBy(() -> LintLevel.parse("fatal")).hasMessageContaining("write error, warning, info or off");
    }

    @Test
    void whatTheAdviceProposesHasNoErrors() {
        PolicyTable advised = Advisor.advise(AdviceRequest.among(table(), "virt-10.1", N1, Directions.BOTH))
                .table();
        assertThat(lint(advised, N1).stream().map(LintFinding::rule).distinct()).containsExactly(LintRule.NO_REFERENCE);
    }

    private static List<LintFinding> lint(PolicyTable table, List<CapturedHost> hosts) {
        return Lint.over(table, hosts, Map.of());
    }

    private static String only(List<LintFinding> findings) {
        assertThat(findings).hasSize(1);
        LintFinding finding = findings.getFirst();
        return finding.rule().id() + " " + finding.level() + " "
                + finding.entries().stream().map(PolicyEntry::id).toList() + " " + finding.sentence();
    }
}
