package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.migreg.evaluation.Lists.*;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts where it is not known for sure what a side is. */
class CandidatesTests {

    private static final LoadBehaviour X_MIG = new LoadBehaviour.XMigProperties();

    private static final SourceSide PLAIN = source(list("SCTLR_EL1"));
    private static final SourceSide WITH_TCR2 = source(list("SCTLR_EL1", "TCR2_EL1"));

    private static Candidates<DestinationSide> one(Lists.Destination destination) {
        return Candidates.one(destination.side());
    }

    private static Evaluation evaluate(Candidates<SourceSide> source, Candidates<DestinationSide> destination) {
        return Evaluator.evaluate(source, destination, X_MIG);
    }

    @Test
    void aSideOfWhichNothingIsKnownLeavesNothingToSay() {
        Evaluation evaluation =
                evaluate(Candidates.none("no capture of kernel 6.12.1 is known"), one(destination(list("SCTLR_EL1"))));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.basis()).isEqualTo(Basis.NOTHING);
        assertThat(evaluation.qemuOutcome()).isEqualTo(new QemuOutcome(null, X_MIG, null, List.of()));
        assertThat(evaluation.counts()).isEqualTo(Counts.NONE);
        assertThat(evaluation.summary())
                .isEqualTo("It is not known whether the guest can migrate: for the source, no capture of kernel 6.12.1"
                        + " is known.");
        assertThat(findings(evaluation)).containsExactly("LIST_MISSING/UNKNOWN");
    }

    @Test
    void eachSideThatIsNotKnownIsNamed() {
        Evaluation evaluation = evaluate(Candidates.none("nothing"), Candidates.none("nothing either"));
        assertThat(evaluation.findings())
                .extracting(Finding::sentence)
                .containsExactly("For the source, nothing.", "For the destination, nothing either.");
        assertThat(evaluation.summary()).contains("for the source, nothing; for the destination, nothing either.");
    }

    @Test
    void aVerdictThatAllCandidatesHaveStands() {
        Evaluation evaluation = evaluate(
                Candidates.oneOf(List.of(WITH_TCR2, source(list("SCTLR_EL1", "FPMR"))), "two could be meant"),
                one(destination(list("SCTLR_EL1"))));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(evaluation.basis()).isEqualTo(Basis.LISTS);
        assertThat(evaluation.qemuOutcome().loads()).isFalse();
        assertThat(findings(evaluation)).containsExactly("LIST_UNDECIDED/INFO");
        assertThat(evaluation.findings().getFirst().sentence())
                .isEqualTo("For the source, two could be meant. The guest may not migrate, whichever is meant.");
    }

    @Test
    void candidatesThatAllMayMigrateMayMigrate() {
        Evaluation evaluation = evaluate(
                Candidates.oneOf(List.of(PLAIN, WITH_TCR2), "two could be meant"),
                one(destination(list("SCTLR_EL1"), safeMissing("TCR2_EL1"))));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.COMPATIBLE_WITH_WARNINGS);
        assertThat(findings(evaluation)).containsExactly("LIST_UNDECIDED/WARNING");
        assertThat(evaluation.qemuOutcome().loads()).isTrue();
        assertThat(evaluation.counts()).isEqualTo(Counts.NONE);
    }

    @Test
    void candidatesThatDisagreeAreAsGoodAsNone() {
        Evaluation evaluation = evaluate(
                Candidates.oneOf(List.of(PLAIN, WITH_TCR2), "two could be meant"), one(destination(list("SCTLR_EL1"))));
        assertThat(evaluation.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluation.basis()).isEqualTo(Basis.NOTHING);
        assertThat(findings(evaluation)).containsExactly("LIST_MISSING/UNKNOWN");
    }

    @Test
    void aKnownSideIsExactlyOne() {
        assertThat(evaluate(Candidates.one(PLAIN), one(destination(list("SCTLR_EL1")))))
                .isEqualTo(destination(list("SCTLR_EL1")).from(PLAIN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candidates<>(List.of(PLAIN, WITH_TCR2), null))
                .withMessageContaining("these 2");
    }
}
