package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migreg.evaluation.Lists.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        assertThat(evaluation.summary()).contains("rests only on the register lists");
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
    void valuesThatAreKnownForSomeRegistersAloneLeaveTheVerdictUnknownAndNameTheOthers() {
        Evaluation evaluation = destination(list(PSCI, "SCTLR_EL1=0x1")).from(PSCI + "=0x10003", "SCTLR_EL1=0x5");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(findings(evaluation)).containsExactly("VALUES_NOT_GIVEN/UNKNOWN");
        assertThat(evaluation.findings().getFirst().sentence()).contains(PSCI).startsWith("1 register whose value");
        assertThat(evaluation.qemuOutcome().loads()).isNull();
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
        Evaluation evaluation =
                destination(list(MMFR2 + "=0x2")).running("6.18.15+deb13-arm64").from(MMFR2 + "=0x1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.qemuOutcome().loads()).isNull();
        assertThat(findings(evaluation)).containsExactly("VALUE_UNDECIDED/UNKNOWN " + MMFR2);
        assertThat(evaluation.summary()).contains("the destination's writable masks, which was not given");
    }

    /** What is missing is a measurement, whatever else is known of the host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "5.14.0-503.el9.aarch64",
                "6.12.0-124.8.1.el10_1.aarch64",
                "6.8.0-45-generic",
                "v6.14",
                "6.16.0-rc3",
                "7.4.1",
                "6.18.44-fc-v657"
            })
    void anIdentificationRegisterThatDiffersIsUnknownOnKernelsOnWhichNothingWasMeasured(String kernel) {
        Evaluation evaluation = destination(list(MMFR2 + "=0x22"))
                .running(kernel)
                .masked(MMFR2 + "=0xf")
                .from(MMFR2 + "=0x21");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.qemuOutcome().loads()).isNull();
        assertThat(findings(evaluation)).containsExactly("VALUE_WITHOUT_RULE/UNKNOWN " + MMFR2);
        assertThat(evaluation.summary()).contains("nothing was measured for identification registers on");
    }

    /** Real hosts refused CSV2 1 against 0 on 5.9 and 5.10-rc1, both ways, and ID_PFR0_EL1 from 4.14 to 5.10. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            5.9,        ID_AA64PFR0_EL1, 0x0100010011111111, 0x0000010011111111, INCOMPATIBLE
            5.9,        ID_AA64PFR0_EL1, 0x0000010011111111, 0x0100010011111111, INCOMPATIBLE
            5.10-rc1,   ID_AA64PFR0_EL1, 0x0100010011111111, 0x0000010011111111, INCOMPATIBLE
            5.10-rc1,   ID_AA64PFR0_EL1, 0x0000010011111111, 0x0100010011111111, INCOMPATIBLE
            5.10.100,   ID_AA64PFR0_EL1, 0x0000010011111111, 0x0100010011111111, UNKNOWN
            5.10.100,   ID_AA64PFR0_EL1, 0x0000010011111111, 0x0100010011111112, INCOMPATIBLE
            4.14.336,   ID_PFR0_EL1,     0x131,              0x10000131,         INCOMPATIBLE
            5.10.100,   ID_PFR0_EL1,     0x131,              0x10000131,         INCOMPATIBLE
            6.6.30,     ID_AA64MMFR2_EL1, 0x1,               0x2,                INCOMPATIBLE
            6.6.30,     ID_AA64DFR0_EL1, 0x10305406,         0x10305506,         UNKNOWN
            6.6.30,     ID_AA64DFR0_EL1, 0x10304506,         0x10305506,         INCOMPATIBLE
            6.0.1,      ID_AA64DFR0_EL1, 0x10305406,         0x10305506,         INCOMPATIBLE
            6.7.1,      ID_AA64MMFR2_EL1, 0x1,               0x2,                UNKNOWN
            """)
    void before67AKernelTakesItsOwnIdentificationAndNoOther(
            String kernel, String register, String incoming, String own, Verdict verdict) {
        assertThat(destination(list(register + "=" + own))
                        .running(kernel)
                        .from(register + "=" + incoming)
                        .verdict())
                .isEqualTo(verdict);
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

    /** 6.1 wants its own cache size ids, later kernels do not; only measured ones tell which. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            6.1.0-50-arm64,                 false, INCOMPATIBLE
            6.12.107+deb13-arm64,           false, COMPATIBLE
            7.3.4+deb13-arm64,              false, COMPATIBLE
            6.6.30,                         false, UNKNOWN
            6.8.0-45-generic,               true,  UNKNOWN
            5.10.0-30-arm64,                false, UNKNOWN
            5.14.0-503.el9.aarch64,         false, UNKNOWN
            5.14.0-503.el9.aarch64,         true,  UNKNOWN
            6.4.0-150600.23.25-default,     false, UNKNOWN
            6.18.44-fc-v657,                false, UNKNOWN
            -,                              false, UNKNOWN
            -,                              true,  UNKNOWN
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
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(findings(evaluation)).containsExactly("VALUE_WITHOUT_RULE/UNKNOWN POR_EL1");
    }

    @Test
    void eventCountersThatTheHostLacksAreCutWithoutAnErrorWhichAGuestFeels() {
        Lists.Destination destination = destination(list("PMCR_EL0=0x2000"));
        for (String kernel : List.of("6.18.15+deb13-arm64", "6.12.0-124.8.1.el10_1.aarch64", "6.8.0-45-generic")) {
            Evaluation evaluation = destination.running(kernel).from("PMCR_EL0=0x3000");
            assertThat(findings(evaluation)).containsExactly("VALUE_CHANGED/WARNING PMCR_EL0");
            assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
            assertThat(evaluation.summary()).contains("1 value deserves a look");
        }
        assertThat(findings(destination.running("6.18.15+deb13-arm64").from("PMCR_EL0=0x1000")))
                .isEmpty();
        assertThat(findings(destination.running("6.1.0-50-arm64").from("PMCR_EL0=0x3000")))
                .isEmpty();
    }

    /** 6.12 clears PMCNTEN and PMINTEN; whether kernels around it do was not measured. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            6.12.107+deb13-arm64, 0x8000000f, WARNING
            6.12.107+deb13-arm64, 0x0,        INFO
            6.8.0-45-generic,     0x8000000f, WARNING
            6.8.0-45-generic,     0x0,        -
            6.1.0-50-arm64,       0x8000000f, -
            6.18.15+deb13-arm64,  0x8000000f, -
            """)
    void aGuestThatCountsEventsIsWarnedOfKernelsThatStopItsCounters(String kernel, String enables, Severity severity) {
        Lists.Destination destination =
                destination(list("PMCNTENSET_EL0=0x0", "PMINTENSET_EL1=0x0")).running(kernel);
        Evaluation evaluation = destination.from("PMCNTENSET_EL0=" + enables, "PMINTENSET_EL1=" + enables);
        assertThat(evaluation.verdict())
                .isEqualTo(severity == Severity.WARNING ? Verdict.COMPATIBLE_WITH_WARNINGS : Verdict.COMPATIBLE);
        if (severity == null) {
            assertThat(findings(evaluation)).isEmpty();
        } else {
            assertThat(findings(evaluation))
                    .containsExactly(
                            "VALUE_CHANGED/" + severity + " PMINTENSET_EL1",
                            "VALUE_CHANGED/" + severity + " PMCNTENSET_EL0");
        }
    }

    @Test
    void el2RegistersHaveNoRule() {
        Evaluation evaluation =
                destination(list("VBAR_EL2=0x1")).running("6.18.15+deb13-arm64").from("VBAR_EL2=0x2");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(findings(evaluation)).containsExactly("VALUE_WITHOUT_RULE/UNKNOWN VBAR_EL2");
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

    /** As cp14 DBGDIDR and cp15 PMCEID0, of which there are no names. */
    @ParameterizedTest
    @ValueSource(strings = {"0x40200000200e0000", "0x40200000200f4e06", "0x603000000013c780"})
    void underTcgConstantsThatAreNoIdentificationRegistersMustBeEqualAndNotLacking(String constant) {
        Lists.Destination destination =
                destination(list(constant + "=0x2", "SCTLR_EL1=0x1")).under(Accelerator.TCG);
        assertThat(destination.from(constant + "=0x1", "SCTLR_EL1=0x1").verdict())
                .isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(destination.from("SCTLR_EL1=0x1").findings().getFirst().rule())
                .isEqualTo(ValueRule.T2);
    }

    @Test
    void underTcgAGuestWithEl2DoesNotGoToAMachineWithoutIt() {
        Lists.Destination without =
                destination(list("MDCR_EL2=0x0", "CNTHCTL_EL2=0x0")).under(Accelerator.TCG);
        Evaluation evaluation = without.from("MDCR_EL2=0x6", "CNTHCTL_EL2=0x3");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(evaluation.qemuOutcome().failedAt()).isEqualTo(FailedStage.VALUE);
        assertThat(evaluation.findings().getFirst().rule()).isEqualTo(ValueRule.T3);
        assertThat(destination(list("MDCR_EL2=0x6", "CNTHCTL_EL2=0x3"))
                        .under(Accelerator.TCG)
                        .from("MDCR_EL2=0x0", "CNTHCTL_EL2=0x0")
                        .verdict())
                .isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void underTcgARegisterThatIsLackingAndNotZeroIsUnknownWhereItIsNoConstant() {
        Evaluation evaluation = destination(list("CNTFRQ_EL0=0x2", "SCTLR_EL1=0x1"))
                .under(Accelerator.TCG)
                .from("SCTLR_EL1=0x1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(findings(evaluation)).contains("VALUE_WITHOUT_RULE/UNKNOWN CNTFRQ_EL0");
    }

    /** ACTLR_EL1, cp15 ACTLR, NSACR, L2CTLR and a register of 64 bits that processors define: constants on some machines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CNTFRQ_EL0",
                "ACTLR_EL1",
                "PMMIR_EL1",
                "LORID_EL1",
                "0x40200000200f0801",
                "0x40200000200f0882",
                "0x40200000200f480a",
                "0x40300000200f0790"
            })
    void underTcgNothingIsTakenForStateThatMayBeAConstant(String register) {
        Evaluation evaluation = destination(list(register + "=0x2", "SCTLR_EL1=0x1"))
                .under(Accelerator.TCG)
                .from(register + "=0x1", "SCTLR_EL1=0x1");
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.findings().getFirst().kind()).isEqualTo(FindingKind.VALUE_WITHOUT_RULE);
    }

    /** Control, faults, threads, timers and breakpoints of either width: DACR, CONTEXTIDR, DBGBVR0, FPCR. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "TTBR0_EL1",
                "FPCR",
                "CNTV_CVAL_EL0",
                "0x40200000200f1800",
                "0x40200000200f6801",
                "0x40200000200e0004",
                "0x40300000200f0730"
            })
    void underTcgWhatAGuestSetsTravels(String register) {
        assertThat(destination(list(register + "=0x0", "SCTLR_EL1=0x1"))
                        .under(Accelerator.TCG)
                        .from(register + "=0x1", "SCTLR_EL1=0x1")
                        .verdict())
                .isEqualTo(Verdict.COMPATIBLE);
    }
}
