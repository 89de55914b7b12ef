package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migreg.evaluation.Lists.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.qemu.Accelerator;

/** Verdicts from values, above all where something that a rule needs is not known. */
class ValueVerdictTests {

    private static final String PSCI = "KVM_REG_ARM_PSCI_VERSION";
    private static final String MMFR2 = "ID_AA64MMFR2_EL1";
    private static final String MMFR3 = "ID_AA64MMFR3_EL1";

    @Test
    void valuesOnOneSideAloneLeaveTheVerdictToTheLists() {
        Evaluation evaluation = destination(list(PSCI)).from(PSCI + "=0x10003");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(evaluation.basis()).isEqualTo(Basis.LISTS);
        assertThat(evaluation.summary()).contains("rests on the register lists alone");
        assertThat(destination(list(PSCI + "=0x10001")).from(PSCI).basis()).isEqualTo(Basis.LISTS);
    }

    @Test
    void aNewerPsciVersionIsRefusedAndNoListPolicyCuresThat() {
        for (LoadBehaviour behaviour : List.of(
                new LoadBehaviour.LengthChecked(),
                new LoadBehaviour.AllMismatches(),
                new LoadBehaviour.Tolerances(false),
                new LoadBehaviour.XMigProperties())) {
            Evaluation evaluation =
                    destination(list(PSCI + "=0x10001")).behaving(behaviour).from(PSCI + "=0x10003");
            assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
            assertThat(evaluation.basis()).isEqualTo(Basis.LISTS_AND_VALUES);
            assertThat(evaluation.qemuOutcome().failedAt()).isEqualTo(FailedStage.VALUE);
            assertThat(evaluation.findings().getFirst().rule()).isEqualTo(ValueRule.V1);
            assertThat(evaluation.summary()).contains("which no list policy cures");
            assertThat(evaluation.counts().valuesRefused()).isEqualTo(1);
        }
    }

    @Test
    void valuesThatAreKnownForSomeRegistersAloneAreAWarningThatNamesTheOthers() {
        Evaluation evaluation = destination(list(PSCI, "SCTLR_EL1=0x1")).from(PSCI + "=0x10003", "SCTLR_EL1=0x5");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(findings(evaluation)).containsExactly("VALUES_NOT_GIVEN/WARNING");
        assertThat(evaluation.findings().getFirst().sentence()).contains(PSCI).startsWith("1 register whose value");
        assertThat(evaluation.summary()).contains("not all values could be checked");
    }

    @Test
    void aHiddenRegistersValueIsNotCompared() {
        Evaluation evaluation = destination(list(PSCI + "=0x10001", "SCTLR_EL1=0x1"), hidden(PSCI))
                .from(source(list(PSCI + "=0x10003", "SCTLR_EL1=0x1"), hidden(PSCI)));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(evaluation.counts().valuesCompared()).isEqualTo(1);
    }

    @Test
    void anIdentificationRegisterThatDiffersNeedsTheMasks() {
        Lists.Destination destination = destination(list(MMFR2 + "=0x2"));
        for (Lists.Destination each : List.of(
                destination,
                destination.running("5.14.0-503.el9.aarch64"),
                destination.running("6.12.0-124.8.1.el10_1.aarch64"),
                destination.running("6.18.15+deb13-arm64"),
                destination.running("6.8.0-45-generic"))) {
            Evaluation evaluation = each.from(MMFR2 + "=0x1");
            assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(evaluation.qemuOutcome().loads()).isNull();
            assertThat(findings(evaluation)).containsExactly("VALUE_UNDECIDED/UNKNOWN " + MMFR2);
            assertThat(evaluation.summary()).contains("the destination's writable masks, which was not given");
        }
    }

    @Test
    void withMasksAFieldInsideMayGoDownAndOneOutsideMayNot() {
        Lists.Destination destination = destination(list(MMFR2 + "=0x22"))
                .running("6.18.15+deb13-arm64")
                .masked(MMFR2 + "=0xf");
        assertThat(destination.from(MMFR2 + "=0x21").verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(destination.from(MMFR2 + "=0x23").findings().getFirst().rule())
                .isEqualTo(ValueRule.V7D);
        assertThat(destination.from(MMFR2 + "=0x12").findings().getFirst().rule())
                .isEqualTo(ValueRule.V7C);
        assertThat(destination.from(MMFR2 + "=0x12").verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void aDistributionsOwnNumbersDoNotKeepItsMasksFromDeciding() {
        Lists.Destination el10 = destination(list(MMFR2 + "=0x22"))
                .running("6.12.0-124.8.1.el10_1.aarch64")
                .masked(MMFR2 + "=0xf");
        assertThat(el10.from(MMFR2 + "=0x21").verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(el10.from(MMFR2 + "=0x12").verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void theNvFieldNeedsTheHardwares() {
        Lists.Destination destination =
                destination(list(MMFR2 + "=0x0")).running("6.18.15+deb13-arm64").masked(MMFR2 + "=0xf");
        Evaluation unknown = destination.from(MMFR2 + "=0x2000000");
        assertThat(unknown.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unknown.findings().getFirst().rule()).isEqualTo(ValueRule.V7H);
        assertThat(unknown.findings().getFirst().sentence()).contains("hardwareNv");
        assertThat(destination.hardwareNv(2).from(MMFR2 + "=0x2000000").verdict())
                .isEqualTo(Verdict.COMPATIBLE);
        assertThat(destination.hardwareNv(0).from(MMFR2 + "=0x2000000").verdict())
                .isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(destination
                        .running("6.12.107+deb13-arm64")
                        .hardwareNv(2)
                        .from(MMFR2 + "=0x2000000")
                        .verdict())
                .isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void aRefusedValueOutweighsOneThatCannotBeTold() {
        Evaluation evaluation =
                destination(list(MMFR2 + "=0x2", PSCI + "=0x10001")).from(MMFR2 + "=0x1", PSCI + "=0x10003");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(evaluation.qemuOutcome().loads()).isFalse();
    }

    /** 6.1 wants its own cache size ids, later kernels do not: the release or the masks settle which. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            6.1.0-50-arm64,                 false, INCOMPATIBLE
            6.12.107+deb13-arm64,           false, COMPATIBLE
            7.3.4+deb13-arm64,              false, COMPATIBLE
            6.6.30,                         false, COMPATIBLE_WITH_WARNINGS
            5.10.0-30-arm64,                false, COMPATIBLE_WITH_WARNINGS
            5.14.0-503.el9.aarch64,         false, UNKNOWN
            5.14.0-503.el9.aarch64,         true,  COMPATIBLE
            6.4.0-150600.23.25-default,     false, UNKNOWN
            6.18.44-fc-v657,                false, UNKNOWN
            -,                              false, UNKNOWN
            -,                              true,  COMPATIBLE
            """)
    void aCacheSizeThatDiffersIsJudgedByWhatIsKnownOfTheKernel(String kernel, boolean masks, Verdict verdict) {
        Lists.Destination destination = destination(list("CCSIDR_0=0x700fe01a"));
        destination = kernel == null ? destination : destination.running(kernel);
        destination = masks ? destination.masked(MMFR2 + "=0xf") : destination;
        assertThat(destination.from("CCSIDR_0=0x701fe01a").verdict()).isEqualTo(verdict);
        assertThat(destination.from("CCSIDR_0=0x700fe01a").verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void aHierarchyWithoutLevelsOfCoherencyNeedsTheDestinationsCtr() {
        Lists.Destination without = destination(list("CLIDR_EL1=0xc3000123")).running("6.18.15+deb13-arm64");
        Evaluation unknown = without.from("CLIDR_EL1=0x123");
        assertThat(unknown.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unknown.summary()).contains("CTR_EL0");
        for (boolean idc : new boolean[] {true, false}) {
            String ctr = "CTR_EL0=0x" + (idc ? "1" : "0") + "0000000";
            Evaluation evaluation = destination(list("CLIDR_EL1=0xc3000123", ctr))
                    .running("6.18.15+deb13-arm64")
                    .from("CLIDR_EL1=0x123", ctr);
            assertThat(evaluation.verdict()).isEqualTo(idc ? Verdict.COMPATIBLE : Verdict.INCOMPATIBLE);
        }
    }

    /** V11: the incoming ID_AA64MMFR3_EL1.TCRX = 0 takes TCR2_EL1 from the guest before its turn comes. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            6.18.15+deb13-arm64,            INCOMPATIBLE
            6.12.107+deb13-arm64,           COMPATIBLE
            6.12.0-124.8.1.el10_1.aarch64,  UNKNOWN
            -,                              UNKNOWN
            """)
    void aRegisterWhoseFeatureIsTakenAwayIsRefusedWhateverTheBehaviour(String kernel, Verdict verdict) {
        for (LoadBehaviour behaviour : List.of(
                new LoadBehaviour.LengthChecked(),
                new LoadBehaviour.AllMismatches(),
                new LoadBehaviour.Tolerances(false),
                new LoadBehaviour.XMigProperties())) {
            Lists.Destination destination = destination(list(MMFR3 + "=0x1", "TCR2_EL1=0x0"))
                    .behaving(behaviour)
                    .masked(MMFR3 + "=0xfff");
            destination = kernel == null ? destination : destination.running(kernel);
            Evaluation common = destination.from(MMFR3 + "=0x0", "TCR2_EL1=0x0");
            assertThat(common.verdict()).isEqualTo(verdict);
            // QEMU writes the own value of a register that the stream lacks.
            Evaluation absent = destination.from(MMFR3 + "=0x0");
            assertThat(absent.verdict().mayMigrate()).isEqualTo(verdict.mayMigrate());
            if (verdict == Verdict.INCOMPATIBLE) {
                assertThat(absent.findings().getFirst().rule()).isEqualTo(ValueRule.V11);
                assertThat(absent.findings().getFirst().sourceValue()).isNull();
            }
        }
    }

    @Test
    void nobodyMeasuredWhetherPorIsTakenAwayWithItsFeature() {
        Evaluation evaluation = destination(list(MMFR3 + "=0x10000", "POR_EL1=0x0"))
                .running("6.18.15+deb13-arm64")
                .masked(MMFR3 + "=0xf0000")
                .from(MMFR3 + "=0x0", "POR_EL1=0x0");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(findings(evaluation)).containsExactly("VALUE_WITHOUT_RULE/WARNING POR_EL1");
    }

    @Test
    void eventCountersThatTheHostLacksAreCutWithoutAnError() {
        Lists.Destination destination = destination(list("PMCR_EL0=0x2000"));
        assertThat(findings(destination.running("6.18.15+deb13-arm64").from("PMCR_EL0=0x3000")))
                .containsExactly("VALUE_CHANGED/INFO PMCR_EL0");
        assertThat(findings(destination.running("6.12.0-124.8.1.el10_1.aarch64").from("PMCR_EL0=0x3000")))
                .containsExactly("VALUE_WITHOUT_RULE/WARNING PMCR_EL0");
        assertThat(findings(destination.running("6.1.0-50-arm64").from("PMCR_EL0=0x3000")))
                .isEmpty();
    }

    @Test
    void el2RegistersHaveNoRule() {
        Evaluation evaluation = destination(list("VBAR_EL2=0x1")).from("VBAR_EL2=0x2");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(findings(evaluation)).containsExactly("VALUE_WITHOUT_RULE/WARNING VBAR_EL2");
        assertThat(evaluation.summary()).contains("1 value deserves a look");
    }

    @Test
    void underTcgAnIdentificationRegisterIsAConstant() {
        Lists.Destination destination =
                destination(list(MMFR2 + "=0x2", "SCTLR_EL1=0x1")).under(Accelerator.TCG);
        assertThat(destination
                        .from(MMFR2 + "=0x1", "SCTLR_EL1=0x9")
                        .findings()
                        .getFirst()
                        .rule())
                .isEqualTo(ValueRule.T1);
        assertThat(destination.from(MMFR2 + "=0x2", "SCTLR_EL1=0x9").verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void underTcgAnAbsentConstantThatIsNotZeroFailsEvenWhereTheSourceGaveNoValues() {
        Evaluation evaluation = destination(list(MMFR2 + "=0x2", "SCTLR_EL1=0x1"))
                .under(Accelerator.TCG)
                .behaving(new LoadBehaviour.LengthChecked())
                .from("SCTLR_EL1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(evaluation.qemuOutcome().failedAt()).isEqualTo(FailedStage.VALUE);
        assertThat(evaluation.findings().getFirst().rule()).isEqualTo(ValueRule.T2);
        assertThat(evaluation.basis()).isEqualTo(Basis.LISTS_AND_VALUES);
        assertThat(destination(list(MMFR2 + "=0x0", "SCTLR_EL1"))
                        .under(Accelerator.TCG)
                        .from("SCTLR_EL1")
                        .verdict())
                .isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
    }
}
