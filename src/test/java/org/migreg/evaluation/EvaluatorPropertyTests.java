package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migreg.evaluation.Lists.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.migreg.policy.PolicyEntry;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterList;

/**
 * The evaluator against an oracle that spells the set semantics out, on lists without values: every
 * behaviour, every combination of hiding and tolerating on either side.
 */
class EvaluatorPropertyTests {

    /** Ascending; the four KVM tolerances and the bogus debug register among plain ones. */
    private static final List<String> REGISTERS = List.of(
            "DBGDTRTX",
            "SCTLR_EL1",
            "TTBR0_EL1",
            "TCR_EL1",
            "TCR2_EL1",
            "MAIR_EL1",
            "PIRE0_EL1",
            "PIR_EL1",
            "VBAR_EL1",
            "CNTKCTL_EL1");

    private static final Set<String> TOLERATED_BY_QEMU_ANYWHERE = Set.of("DBGDTRTX");
    private static final Set<String> TOLERATED_BY_QEMU_UNDER_KVM =
            Set.of("DBGDTRTX", "TCR2_EL1", "PIRE0_EL1", "PIR_EL1");

    /** Two hosts and what is set on them, as sets of positions in {@link #REGISTERS}. */
    record Pair(
            SortedSet<Integer> source,
            SortedSet<Integer> destination,
            Set<Integer> hiddenOnSource,
            Set<Integer> hiddenOnDestination,
            Set<Integer> safeMissing,
            LoadBehaviour behaviour,
            Accelerator accelerator) {

        Evaluation evaluate() {
            List<PolicyEntry> atSource = new ArrayList<>();
            hiddenOnSource.forEach(i -> atSource.add(hidden(REGISTERS.get(i))));
            List<PolicyEntry> atDestination = new ArrayList<>();
            hiddenOnDestination.forEach(i -> atDestination.add(hidden(REGISTERS.get(i))));
            safeMissing.forEach(i -> atDestination.add(Lists.safeMissing(REGISTERS.get(i))));
            return Lists.destination(registers(destination), atDestination.toArray(PolicyEntry[]::new))
                    .behaving(behaviour)
                    .under(accelerator)
                    .from(Lists.source(registers(source), atSource.toArray(PolicyEntry[]::new)));
        }

        private static RegisterList registers(Set<Integer> positions) {
            return list(positions.stream().map(REGISTERS::get).toArray(String[]::new));
        }
    }

    /** What the semantics page says of a pair. */
    record Expected(FailedStage failedAt, Verdict verdict) {

        static Expected of(Pair pair) {
            SortedSet<Integer> outgoing = new TreeSet<>(pair.source());
            outgoing.removeAll(pair.hiddenOnSource());
            SortedSet<Integer> local = new TreeSet<>(pair.destination());
            if (pair.behaviour() instanceof LoadBehaviour.XMigProperties) {
                local.removeAll(pair.hiddenOnDestination());
            }
            SortedSet<Integer> extra = new TreeSet<>(outgoing);
            extra.removeAll(local);
            Set<Integer> absent = new HashSet<>(local);
            absent.removeAll(outgoing);
            FailedStage failedAt = switch (pair.behaviour()) {
                case LoadBehaviour.LengthChecked b ->
                    outgoing.size() > local.size()
                            ? FailedStage.LENGTH
                            : failsTheWalk(new ArrayList<>(outgoing), new ArrayList<>(local))
                                    ? FailedStage.REGISTER
                                    : null;
                case LoadBehaviour.AllMismatches b -> extra.isEmpty() ? null : FailedStage.REGISTER;
                case LoadBehaviour.Tolerances t -> {
                    // The flag is written anew for each extra register, the highest comes last.
                    boolean fails = false;
                    for (int register : extra) {
                        fails = !isTolerated(pair, t, register);
                    }
                    yield fails ? FailedStage.REGISTER : null;
                }
                case LoadBehaviour.XMigProperties b ->
                    outgoing.size() > local.size() + pair.safeMissing().size() + 10
                            ? FailedStage.LENGTH
                            : pair.safeMissing().containsAll(extra) ? null : FailedStage.REGISTER;
            };
            Set<Integer> lost = new HashSet<>(extra);
            lost.removeAll(pair.safeMissing());
            if (pair.behaviour() instanceof LoadBehaviour.Tolerances t) {
                lost.removeIf(register -> isTolerated(pair, t, register));
            }
            Verdict verdict = failedAt != null
                    ? Verdict.INCOMPATIBLE
                    : !lost.isEmpty()
                            ? Verdict.UNSAFE
                            : extra.isEmpty() && absent.isEmpty()
                                    ? Verdict.COMPATIBLE
                                    : Verdict.COMPATIBLE_WITH_WARNINGS;
            return new Expected(failedAt, verdict);
        }

        private static boolean isTolerated(Pair pair, LoadBehaviour.Tolerances tolerances, int register) {
            if (tolerances.fromTable()) {
                return pair.safeMissing().contains(register);
            }
            return (pair.accelerator() == Accelerator.KVM ? TOLERATED_BY_QEMU_UNDER_KVM : TOLERATED_BY_QEMU_ANYWHERE)
                    .contains(REGISTERS.get(register));
        }

        /** QEMU 10's merge walk, step by step. */
        private static boolean failsTheWalk(List<Integer> incoming, List<Integer> local) {
            int v = 0;
            for (int i = 0; i < local.size() && v < incoming.size(); i++) {
                if (incoming.get(v) > local.get(i)) {
                    continue;
                }
                if (incoming.get(v) < local.get(i)) {
                    return true;
                }
                v++;
            }
            return false;
        }
    }

    private static Generator<Set<Integer>> positions(double likely) {
        return position().set(0, (int) (REGISTERS.size() * likely));
    }

    /** A list; an empty one is no host's. */
    private static Generator<Set<Integer>> atLeastOne() {
        return position().set(1, REGISTERS.size());
    }

    private static Generator<Pair> pairs() {
        Generator<LoadBehaviour> behaviour = Generator.of(
                new LoadBehaviour.LengthChecked(),
                new LoadBehaviour.AllMismatches(),
                new LoadBehaviour.Tolerances(false),
                new LoadBehaviour.Tolerances(true),
                new LoadBehaviour.XMigProperties());
        return given -> new Pair(
                new TreeSet<>(given.any(atLeastOne())),
                new TreeSet<>(given.any(atLeastOne())),
                given.any(positions(0.3)),
                given.any(positions(0.3)),
                given.any(positions(0.6)),
                given.any(behaviour),
                given.any(Generator.of(Accelerator.class)));
    }

    @Test
    void stageAndVerdictAreThoseOfTheSetSemantics() {
        Property.holds(2000, given -> {
            Pair pair = given.any(pairs());
            Evaluation evaluation = pair.evaluate();
            Expected expected = Expected.of(pair);
            assertThat(evaluation.qemuOutcome().failedAt()).isEqualTo(expected.failedAt());
            assertThat(evaluation.qemuOutcome().loads()).isEqualTo(expected.failedAt() == null);
            assertThat(evaluation.verdict()).isEqualTo(expected.verdict());
        });
    }

    @Test
    void verdictCountsFindingsAndSummaryAgree() {
        Property.holds(2000, given -> {
            Pair pair = given.any(pairs());
            Evaluation evaluation = pair.evaluate();
            Counts counts = evaluation.counts();
            assertThat(counts.common() + counts.extra()).isEqualTo(counts.outgoing());
            assertThat(counts.common() + counts.absent()).isEqualTo(counts.local());
            assertThat(counts.tolerated() + counts.fatal() + counts.dropped()).isEqualTo(counts.extra());
            assertThat(findingsOf(evaluation, FindingKind.ABSENT)).isEqualTo(counts.absent());
            assertThat(findingsOf(evaluation, FindingKind.EXTRA_FATAL)).isEqualTo(counts.fatal());
            assertThat(findingsOf(evaluation, FindingKind.EXTRA_TOLERATED)).isEqualTo(counts.tolerated());
            Severity heaviest = evaluation.findings().isEmpty()
                    ? Severity.INFO
                    : evaluation.findings().getFirst().severity();
            assertThat(heaviest)
                    .isEqualTo(
                            switch (evaluation.verdict()) {
                                case COMPATIBLE -> Severity.INFO;
                                case COMPATIBLE_WITH_WARNINGS -> Severity.WARNING;
                                case UNSAFE -> Severity.UNSAFE;
                                case INCOMPATIBLE -> Severity.BLOCKING;
                                case UNKNOWN -> Severity.UNKNOWN;
                            });
            assertThat(evaluation.summary())
                    .startsWith(
                            switch (evaluation.verdict()) {
                                case COMPATIBLE, COMPATIBLE_WITH_WARNINGS -> "The guest can migrate";
                                case UNSAFE -> "QEMU would load the guest, yet silently lose the state of ";
                                case INCOMPATIBLE -> "The migration would fail: ";
                                case UNKNOWN -> "It is not known";
                            })
                    .doesNotContain("state of ,", "know .", "with  at");
        });
    }

    @Test
    void oneMoreSafeMissingElementNeverBlocksAGuestOnAnXMigBuild() {
        Property.holds(1000, given -> {
            Pair pair = given.any(pairs());
            int added = given.any(position());
            Pair before = withBehaviour(pair, new LoadBehaviour.XMigProperties());
            Set<Integer> more = new HashSet<>(before.safeMissing());
            more.add(added);
            Pair after = new Pair(
                    before.source(),
                    before.destination(),
                    before.hiddenOnSource(),
                    before.hiddenOnDestination(),
                    more,
                    before.behaviour(),
                    before.accelerator());
            given.assume(before.evaluate().verdict().mayMigrate());
            assertThat(after.evaluate().verdict().mayMigrate()).isTrue();
        });
    }

    @Test
    void hidingEveryExtraRegisterOnTheSourceLetsAnyGuestLoad() {
        Property.holds(1000, given -> {
            Pair pair = given.any(pairs());
            Set<Integer> hidden = new HashSet<>(pair.source());
            hidden.removeAll(pair.destination());
            Pair cured = new Pair(
                    pair.source(),
                    pair.destination(),
                    hidden,
                    Set.of(),
                    pair.safeMissing(),
                    pair.behaviour(),
                    pair.accelerator());
            assertThat(cured.evaluate().verdict().mayMigrate()).isTrue();
        });
    }

    @Test
    void aGuestMayAlwaysGoToAnEqualHost() {
        Property.holds(500, given -> {
            Pair pair = given.any(pairs());
            Pair twin = new Pair(
                    pair.source(),
                    pair.source(),
                    pair.hiddenOnSource(),
                    pair.hiddenOnSource(),
                    pair.safeMissing(),
                    pair.behaviour(),
                    pair.accelerator());
            assertThat(twin.evaluate().verdict().mayMigrate()).isTrue();
        });
    }

    /** A pair with registers whose hiding or tolerating cannot be decided. */
    @Test
    void anOpenQuestionNeverGivesAVerdictThatOneOfItsAnswersContradicts() {
        Property.holds(1000, given -> {
            Pair pair = given.any(pairs());
            Set<Integer> perhapsHidden = given.any(few());
            Set<Integer> perhapsSafe = given.any(few());
            Set<Integer> safe = new HashSet<>(pair.safeMissing());
            safe.removeAll(perhapsSafe);
            Set<Integer> hidden = new HashSet<>(pair.hiddenOnDestination());
            hidden.removeAll(perhapsHidden);
            Set<Verdict> possible = new HashSet<>();
            Set<Boolean> loads = new HashSet<>();
            for (boolean applies : new boolean[] {false, true}) {
                Set<Integer> hiddenThen = new HashSet<>(hidden);
                Set<Integer> safeThen = new HashSet<>(safe);
                if (applies) {
                    hiddenThen.addAll(perhapsHidden);
                    safeThen.addAll(perhapsSafe);
                }
                Expected expected = Expected.of(new Pair(
                        pair.source(),
                        pair.destination(),
                        pair.hiddenOnSource(),
                        hiddenThen,
                        safeThen,
                        pair.behaviour(),
                        pair.accelerator()));
                possible.add(expected.verdict());
                loads.add(expected.failedAt() == null);
            }
            List<PolicyEntry> atSource = new ArrayList<>();
            pair.hiddenOnSource().forEach(i -> atSource.add(hidden(REGISTERS.get(i))));
            List<PolicyEntry> entries = new ArrayList<>();
            hidden.forEach(i -> entries.add(hidden(REGISTERS.get(i))));
            safe.forEach(i -> entries.add(Lists.safeMissing(REGISTERS.get(i))));
            perhapsHidden.forEach(i -> entries.add(hidden(REGISTERS.get(i), UNDECIDED)));
            perhapsSafe.forEach(i -> entries.add(Lists.safeMissing(REGISTERS.get(i), UNDECIDED, null)));
            Evaluation evaluation = Lists.destination(
                            Pair.registers(pair.destination()), entries.toArray(PolicyEntry[]::new))
                    .behaving(pair.behaviour())
                    .under(pair.accelerator())
                    .from(Lists.source(Pair.registers(pair.source()), atSource.toArray(PolicyEntry[]::new)));
            // All open entries have one range: either all apply or none.
            Verdict expected = possible.size() == 1
                    ? possible.iterator().next()
                    : possible.stream().allMatch(Verdict::mayMigrate)
                            ? Verdict.COMPATIBLE_WITH_WARNINGS
                            : Verdict.UNKNOWN;
            assertThat(evaluation.verdict()).isEqualTo(expected);
            assertThat(evaluation.qemuOutcome().loads())
                    .isEqualTo(loads.size() == 1 ? loads.iterator().next() : null);
        });
    }

    private static Generator<Set<Integer>> few() {
        return positions(0.3);
    }

    private static Generator<Integer> position() {
        return Generator.integers(0, REGISTERS.size() - 1);
    }

    private static Pair withBehaviour(Pair pair, LoadBehaviour behaviour) {
        return new Pair(
                pair.source(),
                pair.destination(),
                pair.hiddenOnSource(),
                pair.hiddenOnDestination(),
                pair.safeMissing(),
                behaviour,
                pair.accelerator());
    }

    private static int findingsOf(Evaluation evaluation, FindingKind kind) {
        return (int) evaluation.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .count();
    }
}
