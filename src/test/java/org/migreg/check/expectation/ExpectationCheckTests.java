package org.migreg.check.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migreg.question.RealCaptures.safeMissing;
import static org.migreg.question.RealCaptures.table;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.evaluation.Expectation;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.PolicyTable;
import org.migreg.question.RealCaptures;
import org.migreg.question.expectation.ExpectationCheck;
import org.migreg.question.expectation.ExpectationOutcome;
import org.migreg.question.expectation.ExpectationOutcome.Status;
import org.migreg.question.fleet.CapturedHost;

class ExpectationCheckTests {

    private static final List<CapturedHost> V1 = RealCaptures.all("neoverse-v1");
    private static final PolicyTable TCR2 = table(
            safeMissing(1, "virt-10.1", "TCR2_EL1", "upstream/>=6.13"),
            safeMissing(2, "virt-10.1", "PIR_EL1", "upstream/>=6.13"),
            safeMissing(3, "virt-10.1", "PIRE0_EL1", "upstream/>=6.13"));

    @Test
    void goingFrom612ToNewerKernelsIsExpectedAndMetOnceTheEntriesAreThere() {
        Expectation forward = expectation("upstream/>=6.12|<6.13", "upstream/>=6.16", "neoverse-v1", false);
        assertThat(outcome(forward, TCR2).status()).isEqualTo(Status.MET);
        assertThat(outcome(forward, TCR2).sentence()).isEqualTo("All 10 known moves go as required.");
        ExpectationOutcome without = outcome(forward, table());
        assertThat(without.status()).isEqualTo(Status.NOT_MET);
        assertThat(without.failing()).hasSize(10);
        assertThat(without.sentence())
                .startsWith("10 of 10 moves fail, 6.12.43 neoverse-v1 qemu-host -> 6.16.12 neoverse-v1 qemu-host");
    }

    @Test
    void theWayBackIsCheckedWhereItIsExpected() {
        ExpectationOutcome outcome =
                outcome(expectation("upstream/>=6.12|<6.13", "upstream/>=6.16", "neoverse-v1", true), TCR2);
        assertThat(outcome.status()).isEqualTo(Status.NOT_MET);
        assertThat(outcome.checked()).isEqualTo(20);
        assertThat(outcome.failing()).hasSize(10).allSatisfy(move -> {
            assertThat(move.pair().destination().label()).startsWith("6.12.");
            assertThat(move.evaluation().verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        });
    }

    @Test
    void withoutAKnownHostItIsNeverMet() {
        ExpectationOutcome outcome = outcome(expectation("el9/*", "el10/*", "neoverse-v1", true), TCR2);
        assertThat(outcome.status()).isEqualTo(Status.UNKNOWN);
        assertThat(outcome.sentence())
                .isEqualTo("Nothing can be said: no captured host on neoverse-v1 has a kernel in el9/* or el10/*.");
        assertThat(outcome(expectation("upstream/>=6.12|<6.13", "el10/*", null, false), TCR2)
                        .sentence())
                .isEqualTo("Nothing can be said: no captured host has a kernel in el10/*.");
    }

    @Test
    void anUnknownMachineTypeIsNeverMet() {
        assertThat(outcome(expectation("upstream/*", "upstream/*", null, false), PolicyTable.empty())
                        .status())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aMoveThatMayBeMadeWithWarningsDoesNotMeetOneWithoutThem() {
        Expectation strict = new Expectation(
                "virt-10.1",
                KernelRange.parse("upstream/>=6.12|<6.13"),
                KernelRange.parse("upstream/>=6.16"),
                "neoverse-v1",
                false,
                new LoadBehaviour.XMigProperties(),
                true,
                Expectation.Requirement.WITHOUT_WARNINGS);
        assertThat(outcome(strict, TCR2).status()).isEqualTo(Status.NOT_MET);
    }

    @Test
    void itReadsAsOneWouldSayIt() {
        assertThat(expectation("el9/*", "el10/*", "neoverse-v1", true))
                .hasToString("virt-10.1 must go from el9/* to el10/* and back on neoverse-v1");
    }

    private static Expectation expectation(String from, String to, String cpuModel, boolean back) {
        return Expectation.of("virt-10.1", KernelRange.parse(from), KernelRange.parse(to), cpuModel, back);
    }

    private static ExpectationOutcome outcome(Expectation expectation, PolicyTable table) {
        return ExpectationCheck.of(List.of(expectation), table, V1).getFirst();
    }
}
