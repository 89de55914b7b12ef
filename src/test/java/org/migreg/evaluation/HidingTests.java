package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migreg.evaluation.Lists.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.ValueCondition;

/** Hiding a register takes from a guest what it was given, unless its value says that this was nothing. */
class HidingTests {

    private static final String BITMAP = "KVM_REG_ARM_VENDOR_HYP_BMAP_2";
    private static final ValueCondition WHILE_ZERO = new ValueCondition(-1L, 0);
    private static final PolicyEntry HIDES_WHILE_ZERO = hidden(BITMAP, KernelRange.any(), WHILE_ZERO);

    private static final Lists.Destination OLD = destination(list("SCTLR_EL1=0x1"));

    private static Evaluation from(String bitmap, PolicyEntry... entries) {
        return OLD.from(source(list("SCTLR_EL1=0x1", bitmap), entries));
    }

    @Test
    void hidingWhatTheGuestWasGivenIsUnsafe() {
        Evaluation evaluation = from(BITMAP + "=0x1", HIDES_WHILE_ZERO);
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNSAFE);
        assertThat(evaluation.qemuOutcome().loads()).isTrue();
        assertThat(findings(evaluation))
                .containsExactly("CONDITION_NOT_MET/UNSAFE " + BITMAP, "HIDDEN_ON_SOURCE/INFO " + BITMAP);
        assertThat(evaluation.findings().getFirst().entry()).isEqualTo(HIDES_WHILE_ZERO);
        assertThat(evaluation.summary()).contains("silently lose the state of " + BITMAP);
    }

    @Test
    void hidingWhatTheGuestWasNotGivenIsSafe() {
        assertThat(from(BITMAP + "=0x0", HIDES_WHILE_ZERO).verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(from(BITMAP + "=0x1", hidden(BITMAP)).verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void withoutAValueItIsUnknownWhetherHidingIsSafe() {
        Evaluation evaluation = from(BITMAP, HIDES_WHILE_ZERO);
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.qemuOutcome().loads()).isTrue();
        assertThat(findings(evaluation)).contains("CONDITION_UNDECIDED/UNKNOWN " + BITMAP);
        assertThat(evaluation.summary()).contains("needs the register's value on the source");
    }

    @Test
    void aConditionWeighsNothingWhereTheEntryHidesNothing() {
        assertThat(destination(list("SCTLR_EL1=0x1", BITMAP + "=0x0"), HIDES_WHILE_ZERO)
                        .from(source(list("SCTLR_EL1=0x1")))
                        .verdict())
                .isEqualTo(Verdict.COMPATIBLE);
        assertThat(destination(list("SCTLR_EL1=0x1", BITMAP + "=0x1"))
                        .from(new SourceSide(list("SCTLR_EL1=0x1", BITMAP + "=0x1"), policy(HIDES_WHILE_ZERO), false))
                        .verdict())
                .isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void anEntryThatPerhapsAppliesIsNeverSaferThanOneThatDoes() {
        PolicyEntry perhaps = hidden(BITMAP, UNDECIDED, WHILE_ZERO);
        assertThat(from(BITMAP + "=0x1", perhaps).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(from(BITMAP + "=0x0", perhaps).verdict()).isEqualTo(Verdict.UNKNOWN);
        Evaluation both = destination(list("SCTLR_EL1=0x1", BITMAP + "=0x0"))
                .running("6.18.15+deb13-arm64")
                .from(source(list("SCTLR_EL1=0x1", BITMAP + "=0x0"), perhaps));
        assertThat(both.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        for (LoadBehaviour behaviour : List.of(
                new LoadBehaviour.LengthChecked(),
                new LoadBehaviour.AllMismatches(),
                new LoadBehaviour.Tolerances(false))) {
            Evaluation evaluation = destination(list("SCTLR_EL1=0x1", BITMAP + "=0x1"))
                    .behaving(behaviour)
                    .from(source(list("SCTLR_EL1=0x1", BITMAP + "=0x1"), perhaps));
            assertThat(evaluation.verdict().mayMigrate()).isFalse();
        }
    }
}
