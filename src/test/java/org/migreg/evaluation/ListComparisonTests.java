package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migreg.evaluation.Lists.*;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.ValueCondition;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterList;

/** The list comparison: hiding, the four behaviours, and what is said of each register. */
class ListComparisonTests {

    private static final LoadBehaviour LENGTH_CHECKED = new LoadBehaviour.LengthChecked();
    private static final LoadBehaviour ALL_MISMATCHES = new LoadBehaviour.AllMismatches();
    private static final LoadBehaviour TOLERANCES = new LoadBehaviour.Tolerances(false);
    private static final LoadBehaviour FROM_TABLE = new LoadBehaviour.Tolerances(true);
    private static final LoadBehaviour X_MIG = new LoadBehaviour.XMigProperties();
    private static final List<LoadBehaviour> ALL =
            List.of(LENGTH_CHECKED, ALL_MISMATCHES, TOLERANCES, FROM_TABLE, X_MIG);

    // Ascending by id: SCTLR_EL1 c080, TTBR0_EL1 c100, TCR_EL1 c102, TCR2_EL1 c103, MAIR_EL1 c510, VBAR_EL1 c600.
    private static final ValueCondition WHILE_ZERO = new ValueCondition(-1, 0);

    @Test
    void equalListsAreCompatibleUnderEveryBehaviour() {
        for (LoadBehaviour behaviour : ALL) {
            Evaluation evaluation = destination(list("SCTLR_EL1", "TCR_EL1"))
                    .behaving(behaviour)
                    .from("SCTLR_EL1", "TCR_EL1");
            assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE);
            assertThat(evaluation.findings()).isEmpty();
            assertThat(evaluation.basis()).isEqualTo(Basis.LISTS);
            assertThat(evaluation.qemuOutcome()).isEqualTo(new QemuOutcome(true, behaviour, null, List.of()));
            assertThat(evaluation.summary())
                    .isEqualTo("The guest can migrate: both sides agree on all 2 registers."
                            + " This rests only on the register lists: no values were given.");
        }
    }

    @Test
    void anExtraRegisterFailsAndIsNamed() {
        Evaluation evaluation = destination(list("SCTLR_EL1", "VBAR_EL1")).from("SCTLR_EL1", "TCR2_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(evaluation.qemuOutcome().loads()).isFalse();
        assertThat(evaluation.qemuOutcome().failedAt()).isEqualTo(FailedStage.REGISTER);
        assertThat(findings(evaluation)).containsExactly("EXTRA_FATAL/BLOCKING TCR2_EL1", "ABSENT/WARNING VBAR_EL1");
        assertThat(evaluation.summary()).contains("the destination does not know TCR2_EL1");
    }

    @Test
    void absentNeverFailsButIsReported() {
        for (LoadBehaviour behaviour : ALL) {
            Evaluation evaluation = destination(list("SCTLR_EL1", "TCR2_EL1", "VBAR_EL1=0x7"))
                    .behaving(behaviour)
                    .from("SCTLR_EL1");
            assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
            assertThat(evaluation.qemuOutcome().loads()).isTrue();
            assertThat(findings(evaluation)).containsExactly("ABSENT/WARNING TCR2_EL1", "ABSENT/WARNING VBAR_EL1");
            assertThat(evaluation.findings().getLast().destinationValue()).isEqualTo(7);
            assertThat(evaluation.counts().absent()).isEqualTo(2);
        }
    }

    @Test
    void hiddenOnTheSourceIsNotSent() {
        Evaluation evaluation =
                destination(list("SCTLR_EL1")).from(source(list("SCTLR_EL1", "TCR2_EL1"), hidden("TCR2_EL1")));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(findings(evaluation)).containsExactly("HIDDEN_ON_SOURCE/INFO TCR2_EL1");
        assertThat(evaluation.counts().outgoing()).isEqualTo(1);
        assertThat(evaluation.counts().hiddenOnSource()).isEqualTo(1);
        assertThat(evaluation.findings().getFirst().entry().machineType()).isEqualTo("virt-10.1");
    }

    @Test
    void hiddenOnTheSourceAloneLeavesTheDestinationAtItsResetValue() {
        Evaluation evaluation = destination(list("SCTLR_EL1", "TCR2_EL1"))
                .from(source(list("SCTLR_EL1", "TCR2_EL1"), hidden("TCR2_EL1")));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(findings(evaluation)).containsExactly("ABSENT/WARNING TCR2_EL1", "HIDDEN_ON_SOURCE/INFO TCR2_EL1");
        assertThat(evaluation.findings().getFirst().sentence()).contains("hidden on the source");
        assertThat(evaluation.findings().getFirst().entry()).isNotNull();
    }

    @Test
    void hiddenOnTheSourceDoesNothingWhereItsQemuLacksTheProperties() {
        SourceSide without = new SourceSide(list("SCTLR_EL1", "TCR2_EL1"), policy(hidden("TCR2_EL1")), false);
        assertThat(destination(list("SCTLR_EL1")).from(without).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void hiddenOnTheSourceWorksWhateverTheDestinationIs() {
        for (LoadBehaviour behaviour : ALL) {
            Evaluation evaluation = destination(list("SCTLR_EL1"))
                    .behaving(behaviour)
                    .from(source(list("SCTLR_EL1", "TCR2_EL1"), hidden("TCR2_EL1")));
            assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE);
        }
    }

    @Test
    void hiddenOnlyOnTheDestinationFailsUnlessSafeMissing() {
        RegisterList both = list("SCTLR_EL1", "TCR2_EL1");
        Evaluation fails = destination(both, hidden("TCR2_EL1")).from(source(both));
        assertThat(fails.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(fails.findings().getFirst().sentence()).contains("hidden only on the destination");
        assertThat(fails.findings().getFirst().entry()).isNotNull();

        Evaluation loads =
                destination(both, hidden("TCR2_EL1"), safeMissing("TCR2_EL1")).from(source(both));
        assertThat(loads.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(findings(loads))
                .containsExactly("EXTRA_TOLERATED/WARNING TCR2_EL1", "HIDDEN_ON_DESTINATION/INFO TCR2_EL1");
    }

    @Test
    void hiddenOnBothSidesIsNotCompared() {
        Evaluation evaluation = destination(list("SCTLR_EL1", "TCR2_EL1"), hidden("TCR2_EL1"))
                .from(source(list("SCTLR_EL1", "TCR2_EL1"), hidden("TCR2_EL1")));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(evaluation.counts().common()).isEqualTo(1);
    }

    @Test
    void aRegisterHiddenOnADestinationWithoutThePropertiesIsComparedAllTheSame() {
        RegisterList both = list("SCTLR_EL1", "TCR2_EL1");
        for (LoadBehaviour behaviour : List.of(LENGTH_CHECKED, ALL_MISMATCHES, TOLERANCES, FROM_TABLE)) {
            assertThat(destination(both, hidden("TCR2_EL1"))
                            .behaving(behaviour)
                            .from(source(both))
                            .verdict())
                    .isEqualTo(Verdict.COMPATIBLE);
        }
    }

    @Test
    void safeMissingOnTheDestinationTolerates() {
        Evaluation evaluation =
                destination(list("SCTLR_EL1"), safeMissing("TCR2_EL1")).from("SCTLR_EL1", "TCR2_EL1=0x5");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(evaluation.counts().tolerated()).isEqualTo(1);
        assertThat(evaluation.findings().getFirst().sourceValue()).isEqualTo(5);
        assertThat(evaluation.summary()).contains("losing the state of TCR2_EL1, which is tolerated");
    }

    @Test
    void safeMissingOnTheSourceDoesNothing() {
        Evaluation evaluation =
                destination(list("SCTLR_EL1")).from(source(list("SCTLR_EL1", "TCR2_EL1"), safeMissing("TCR2_EL1")));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void safeMissingThatTheDestinationHasDoesNothing() {
        Evaluation evaluation = destination(list("SCTLR_EL1", "TCR2_EL1"), safeMissing("TCR2_EL1"))
                .from("SCTLR_EL1", "TCR2_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void aTrailingRegisterPassesQemu10UnnoticedAndIsUnsafe() {
        Evaluation evaluation = destination(list("SCTLR_EL1", "TCR_EL1"))
                .behaving(LENGTH_CHECKED)
                .from("SCTLR_EL1", "TCR2_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNSAFE);
        assertThat(evaluation.qemuOutcome().loads()).isTrue();
        assertThat(findings(evaluation)).containsExactly("EXTRA_DROPPED/UNSAFE TCR2_EL1", "ABSENT/WARNING TCR_EL1");
        assertThat(evaluation.summary()).contains("silently lose the state of TCR2_EL1");
        assertThat(evaluation.counts().dropped()).isEqualTo(1);
    }

    @Test
    void aTrailingRegisterThatTheTablesDeclareSafeIsAWarning() {
        Evaluation evaluation = destination(list("SCTLR_EL1", "TCR_EL1"), safeMissing("TCR2_EL1"))
                .behaving(LENGTH_CHECKED)
                .from("SCTLR_EL1", "TCR2_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(findings(evaluation)).contains("EXTRA_TOLERATED/WARNING TCR2_EL1");
    }

    @Test
    void aLongerListFailsQemu10ByItsLengthWhateverIsDeclaredSafe() {
        Evaluation evaluation = destination(list("SCTLR_EL1"), safeMissing("TCR2_EL1"))
                .behaving(LENGTH_CHECKED)
                .from("SCTLR_EL1", "TCR2_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(evaluation.qemuOutcome().failedAt()).isEqualTo(FailedStage.LENGTH);
        assertThat(findings(evaluation)).containsExactly("LENGTH_EXCEEDED/BLOCKING", "EXTRA_FATAL/BLOCKING TCR2_EL1");
        assertThat(evaluation.summary()).contains("the incoming list of 2 registers is longer");
    }

    @Test
    void aRegisterBelowTheDestinationsLastFailsQemu10() {
        Evaluation evaluation = destination(list("SCTLR_EL1", "VBAR_EL1"), safeMissing("TCR2_EL1"))
                .behaving(LENGTH_CHECKED)
                .from("SCTLR_EL1", "TCR2_EL1");
        assertThat(evaluation.qemuOutcome().failedAt()).isEqualTo(FailedStage.REGISTER);
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(evaluation.findings().getFirst().sentence()).contains("does not carry them");
    }

    @Test
    void qemu110HasNoLengthCheckAndFailsForEveryExtraRegister() {
        Evaluation evaluation = destination(list("SCTLR_EL1"), safeMissing("TCR2_EL1"))
                .behaving(ALL_MISMATCHES)
                .from("SCTLR_EL1", "TCR2_EL1", "VBAR_EL1");
        assertThat(evaluation.qemuOutcome().failedAt()).isEqualTo(FailedStage.REGISTER);
        assertThat(evaluation.counts().fatal()).isEqualTo(2);
        assertThat(evaluation.qemuOutcome().messages())
                .hasSize(3)
                .last()
                .asString()
                .contains("post load hook failed");
    }

    @Test
    void upstreamsTolerancesDecideOnQemu111UnderKvm() {
        Evaluation evaluation =
                destination(list("SCTLR_EL1")).behaving(TOLERANCES).from("SCTLR_EL1", "TCR2_EL1=0x8", "PIR_EL1=0x1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(evaluation.counts().tolerated()).isEqualTo(2);
    }

    @Test
    void upstreamsKvmTolerancesDoNotApplyUnderTcgButTheBogusDebugRegistersDoes() {
        assertThat(destination(list("SCTLR_EL1"))
                        .behaving(TOLERANCES)
                        .under(Accelerator.TCG)
                        .from("SCTLR_EL1", "TCR2_EL1")
                        .verdict())
                .isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(destination(list("SCTLR_EL1"))
                        .behaving(TOLERANCES)
                        .under(Accelerator.TCG)
                        .from("DBGDTRTX", "SCTLR_EL1")
                        .verdict())
                .isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
    }

    @Test
    void upstreamToleratesTheSecondVendorBitmapWhileItIsZeroAlone() {
        Lists.Destination destination = destination(list("SCTLR_EL1")).behaving(TOLERANCES);
        String bitmap = "KVM_REG_ARM_VENDOR_HYP_BMAP_2";
        assertThat(destination.from(bitmap + "=0x0", "SCTLR_EL1").verdict())
                .isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(destination.from(bitmap + "=0x1", "SCTLR_EL1").verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        Evaluation unknown = destination.from(bitmap, "SCTLR_EL1");
        assertThat(unknown.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unknown.qemuOutcome().loads()).isNull();
        assertThat(findings(unknown)).contains("CONDITION_UNDECIDED/UNKNOWN " + bitmap);
        assertThat(unknown.summary()).contains(bitmap).contains("needs the register's value on the source");
    }

    @Test
    void aToleratedRegisterAboveOverwritesTheFailureOfOneBelowAndThatIsUnsafe() {
        Evaluation evaluation =
                destination(list("TTBR0_EL1")).behaving(TOLERANCES).from("SCTLR_EL1", "TTBR0_EL1", "TCR2_EL1");
        assertThat(evaluation.qemuOutcome().loads()).isTrue();
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNSAFE);
        assertThat(findings(evaluation))
                .containsExactly("EXTRA_DROPPED/UNSAFE SCTLR_EL1", "EXTRA_TOLERATED/WARNING TCR2_EL1");
        assertThat(evaluation.qemuOutcome().messages())
                .singleElement()
                .asString()
                .endsWith("fail migration");
    }

    @Test
    void anUntoleratedRegisterAboveAToleratedOneFails() {
        Evaluation evaluation =
                destination(list("TTBR0_EL1")).behaving(TOLERANCES).from("TTBR0_EL1", "TCR2_EL1", "VBAR_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(evaluation.counts().fatal()).isEqualTo(1);
        assertThat(evaluation.counts().tolerated()).isEqualTo(1);
    }

    @Test
    void theTableReplacesUpstreamsTolerancesWhereABuildCarriesIt() {
        assertThat(destination(list("SCTLR_EL1"), safeMissing("VBAR_EL1"))
                        .behaving(FROM_TABLE)
                        .from("SCTLR_EL1", "VBAR_EL1")
                        .verdict())
                .isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(destination(list("SCTLR_EL1"))
                        .behaving(FROM_TABLE)
                        .from("SCTLR_EL1", "TCR2_EL1")
                        .verdict())
                .isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void theLengthBoundOfAnXMigBuildIsTheListPlusTheSafeMissingElementsPlusTen() {
        for (int extras : new int[] {12, 13}) {
            List<String> incoming = new ArrayList<>(List.of("SCTLR_EL1"));
            for (int i = 0; i < extras; i++) {
                incoming.add("S3_7_C15_C" + i + "_7");
            }
            // Two safe-missing elements, one of which no host has, count alike: 1 + 2 + 10.
            Evaluation evaluation = destination(
                            list("SCTLR_EL1"), safeMissing("S3_7_C15_C0_7"), safeMissing("TCR2_EL1"))
                    .from(incoming.toArray(String[]::new));
            assertThat(evaluation.qemuOutcome().failedAt())
                    .isEqualTo(extras == 12 ? FailedStage.REGISTER : FailedStage.LENGTH);
            assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        }
    }

    @Test
    void aConditionThatIsMetMakesTheLossSafe() {
        for (LoadBehaviour behaviour : List.of(X_MIG, FROM_TABLE)) {
            Evaluation evaluation = destination(
                            list("SCTLR_EL1"),
                            safeMissing("TCR2_EL1", KernelRange.any(), new ValueCondition(0xf0, 0x30)))
                    .behaving(behaviour)
                    .from("SCTLR_EL1", "TCR2_EL1=0x0f3f");
            assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        }
    }

    @Test
    void aConditionThatIsNotMetIsUnsafeWhereQemuWouldLoadAllTheSame() {
        Evaluation evaluation = destination(list("SCTLR_EL1"), safeMissing("TCR2_EL1", KernelRange.any(), WHILE_ZERO))
                .from("SCTLR_EL1", "TCR2_EL1=0x1");
        assertThat(evaluation.qemuOutcome().loads()).isTrue();
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNSAFE);
        assertThat(findings(evaluation)).containsExactly("CONDITION_NOT_MET/UNSAFE TCR2_EL1");
        assertThat(evaluation.summary()).contains("TCR2_EL1");
    }

    @Test
    void aConditionThatIsNotMetFailsWhereItIsATolerance() {
        Evaluation evaluation = destination(list("SCTLR_EL1"), safeMissing("TCR2_EL1", KernelRange.any(), WHILE_ZERO))
                .behaving(FROM_TABLE)
                .from("SCTLR_EL1", "TCR2_EL1=0x1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(evaluation.qemuOutcome().loads()).isFalse();
        assertThat(evaluation.findings().getFirst().sentence()).contains("does not meet the condition");
    }

    @Test
    void aConditionWhoseValueWasNotGivenIsUnknownAndNamesTheRegister() {
        for (LoadBehaviour behaviour : List.of(X_MIG, FROM_TABLE)) {
            Evaluation evaluation = destination(
                            list("SCTLR_EL1"), safeMissing("TCR2_EL1", KernelRange.any(), WHILE_ZERO))
                    .behaving(behaviour)
                    .from("SCTLR_EL1", "TCR2_EL1");
            assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(evaluation.verdict().mayMigrate()).isFalse();
            // An x-mig build ignores the register whatever its value; a tolerance looks at it.
            assertThat(evaluation.qemuOutcome().loads()).isEqualTo(behaviour.equals(X_MIG) ? true : null);
            assertThat(findings(evaluation)).contains("CONDITION_UNDECIDED/UNKNOWN TCR2_EL1");
            assertThat(evaluation.summary()).contains("TCR2_EL1").contains("was not given");
        }
    }

    @Test
    void aConditionNeedNotBeKnownWhereAnotherRegisterFailsAnyway() {
        Evaluation evaluation = destination(list("SCTLR_EL1"), safeMissing("TCR2_EL1", KernelRange.any(), WHILE_ZERO))
                .from("SCTLR_EL1", "TCR2_EL1", "VBAR_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(findings(evaluation))
                .containsExactly(
                        "EXTRA_FATAL/BLOCKING VBAR_EL1",
                        "EXTRA_UNDECIDED/WARNING TCR2_EL1",
                        "CONDITION_UNDECIDED/INFO TCR2_EL1");
    }

    @Test
    void anEntryWithoutAConditionMakesAnothersConditionNeedless() {
        Evaluation evaluation = destination(
                        list("SCTLR_EL1"),
                        safeMissing("TCR2_EL1", KernelRange.any(), WHILE_ZERO),
                        safeMissing("TCR2_EL1"))
                .from("SCTLR_EL1", "TCR2_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(evaluation.findings().getFirst().entry().condition()).isNull();
    }

    @Test
    void aRangeThatCannotBeDecidedIsUnknownWhereItMatters() {
        Evaluation evaluation = destination(list("SCTLR_EL1"), safeMissing("TCR2_EL1", UNDECIDED, null))
                .from("SCTLR_EL1", "TCR2_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.qemuOutcome().loads()).isNull();
        assertThat(findings(evaluation))
                .containsExactly("EXTRA_UNDECIDED/UNKNOWN TCR2_EL1", "ENTRY_UNDECIDED/UNKNOWN TCR2_EL1");
        assertThat(evaluation.findings().getLast().sentence()).contains("6.1.84");
    }

    @Test
    void aRangeThatCannotBeDecidedIsNoMatterForARegisterThatIsNotThere() {
        Evaluation evaluation = destination(
                        list("SCTLR_EL1"), safeMissing("TCR2_EL1", UNDECIDED, null), hidden("VBAR_EL1", UNDECIDED))
                .from("SCTLR_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(evaluation.findings()).isEmpty();
    }

    @Test
    void aRangeThatCannotBeDecidedIsNoMatterWhereTheGuestMayMigrateEitherWay() {
        RegisterList both = list("SCTLR_EL1", "TCR2_EL1");
        Evaluation evaluation = destination(both).from(source(both, hidden("TCR2_EL1", UNDECIDED)));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(evaluation.qemuOutcome().loads()).isTrue();
        assertThat(findings(evaluation)).containsExactly("ENTRY_UNDECIDED/WARNING TCR2_EL1");
        assertThat(evaluation.summary()).contains("what the tables do to TCR2_EL1 is unknown");
    }

    @Test
    void manyRegistersUnderOneUndecidedRangeAreOneQuestion() {
        List<String> incoming = new ArrayList<>(List.of("SCTLR_EL1"));
        List<org.migreg.policy.PolicyEntry> entries = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            incoming.add("S3_7_C15_C" + i + "_7");
            entries.add(safeMissing("S3_7_C15_C" + i + "_7", UNDECIDED, null));
        }
        Lists.Destination destination =
                destination(list("SCTLR_EL1"), entries.toArray(org.migreg.policy.PolicyEntry[]::new));
        assertThat(destination.from(incoming.toArray(String[]::new)).verdict()).isEqualTo(Verdict.UNKNOWN);
        // Whatever the answer, this one fails.
        incoming.add("VBAR_EL1");
        assertThat(destination.from(incoming.toArray(String[]::new)).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void qemuIsNotSaidToLoadWhereAnOpenQuestionMayMakeItFail() {
        // Not hidden, only the unmet condition speaks, and QEMU loads; hidden, VBAR_EL1 is an extra one.
        Evaluation evaluation = destination(
                        list("SCTLR_EL1", "VBAR_EL1"),
                        safeMissing("TCR2_EL1", KernelRange.any(), WHILE_ZERO),
                        hidden("VBAR_EL1", UNDECIDED))
                .from("SCTLR_EL1", "TCR2_EL1=0x1", "VBAR_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.qemuOutcome().loads()).isNull();
        assertThat(evaluation.qemuOutcome().messages()).isEmpty();
    }

    @Test
    void aFailureThatDependsOnAnOpenQuestionIsNotReportedAsOne() {
        // Tolerated or not, TCR2_EL1 decides what becomes of SCTLR_EL1 below it.
        Evaluation evaluation = destination(list("TTBR0_EL1"), safeMissing("TCR2_EL1", UNDECIDED, null))
                .behaving(FROM_TABLE)
                .from("SCTLR_EL1", "TTBR0_EL1", "TCR2_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.findings()).noneMatch(finding -> finding.severity() == Severity.BLOCKING);
        assertThat(evaluation.counts().fatal()).isZero();
    }

    @Test
    void withMoreOpenQuestionsThanCanBeTriedTheVerdictIsUnknown() {
        List<org.migreg.policy.PolicyEntry> entries = new ArrayList<>();
        List<String> registers = new ArrayList<>(List.of("SCTLR_EL1"));
        for (int i = 0; i < 7; i++) {
            registers.add("S3_7_C15_C" + i + "_7");
            entries.add(hidden("S3_7_C15_C" + i + "_7", KernelRange.parse("upstream/>=6.1." + (84 + i))));
        }
        RegisterList both = list(registers.toArray(String[]::new));
        Evaluation evaluation = destination(both, entries.toArray(org.migreg.policy.PolicyEntry[]::new))
                .from(source(both));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.qemuOutcome().loads()).isNull();
        assertThat(evaluation.findings()).hasSize(7).allMatch(f -> f.severity() == Severity.UNKNOWN);
    }

    @Test
    void findingsComeHeaviestFirstAndThenByRegister() {
        Evaluation evaluation = destination(list("SCTLR_EL1", "TCR_EL1", "FPMR"), safeMissing("VBAR_EL1"))
                .from(source(list("TTBR0_EL1", "MAIR_EL1", "VBAR_EL1", "TCR_EL1", "DBGDTRTX"), hidden("TCR_EL1")));
        assertThat(findings(evaluation))
                .containsExactly(
                        "EXTRA_FATAL/BLOCKING DBGDTRTX",
                        "EXTRA_FATAL/BLOCKING TTBR0_EL1",
                        "EXTRA_FATAL/BLOCKING MAIR_EL1",
                        "ABSENT/WARNING SCTLR_EL1",
                        "ABSENT/WARNING TCR_EL1",
                        "EXTRA_TOLERATED/WARNING VBAR_EL1",
                        "ABSENT/WARNING FPMR",
                        "HIDDEN_ON_SOURCE/INFO TCR_EL1");
    }

    @Test
    void anEmptyListIsNobodysAndUnknown() {
        for (LoadBehaviour behaviour : ALL) {
            for (Evaluation evaluation : List.of(
                    destination(list("SCTLR_EL1")).behaving(behaviour).from(source(RegisterList.empty())),
                    destination(RegisterList.empty()).behaving(behaviour).from("SCTLR_EL1"),
                    destination(RegisterList.empty()).behaving(behaviour).from(source(RegisterList.empty())))) {
                assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
                assertThat(evaluation.qemuOutcome().loads()).isNull();
                assertThat(evaluation.summary()).contains("register list is empty");
                assertThat(findings(evaluation)).contains("LIST_MISSING/UNKNOWN");
            }
        }
        assertThat(RegisterList.builder().build()).isEqualTo(RegisterList.empty());
    }

    @Test
    void aListThatIsHiddenAsAWholeIsNoEmptyOne() {
        Evaluation evaluation = destination(list("SCTLR_EL1")).from(source(list("TCR_EL1"), hidden("TCR_EL1")));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
    }
}
