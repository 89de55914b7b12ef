package org.migreg.question.expectation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Expectation;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.RangeMatch;
import org.migreg.policy.PolicyTable;
import org.migreg.question.expectation.ExpectationOutcome.FailingMove;
import org.migreg.question.expectation.ExpectationOutcome.Status;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;

/**
 * Tries expectations on the known hosts. A direction for which there is no pair of hosts of one kind is
 * not known to be possible: the outcome is then UNKNOWN at best, never met.
 */
public final class ExpectationCheck {

    private final PolicyTable table;
    private final List<CapturedHost> hosts;
    private final List<HostPair> moves;
    private final PairEvaluator evaluator;

    private ExpectationCheck(PolicyTable table, List<CapturedHost> hosts) {
        this.table = table;
        this.hosts = hosts;
        this.moves = HostPair.ofOneKind(hosts);
        this.evaluator = new PairEvaluator(table);
    }

    /** The outcomes in the order of the expectations. */
    public static List<ExpectationOutcome> of(
            List<Expectation> expectations, PolicyTable table, List<CapturedHost> hosts) {
        ExpectationCheck check = new ExpectationCheck(table, hosts);
        return expectations.stream().map(check::outcome).toList();
    }

    private ExpectationOutcome outcome(Expectation expectation) {
        if (table.machineType(expectation.machineType()) == null) {
            return unknown(expectation, "machine type " + expectation.machineType() + " does not exist");
        }
        List<HostPair> there = pairs(expectation, expectation.from(), expectation.to());
        if (there.isEmpty()) {
            return unknown(expectation, nothingToTry(expectation, expectation.from(), expectation.to()));
        }
        Set<HostPair> pairs = new LinkedHashSet<>(there);
        if (expectation.back()) {
            pairs.addAll(pairs(expectation, expectation.to(), expectation.from()));
        }
        return evaluated(expectation, pairs);
    }

    private ExpectationOutcome evaluated(Expectation expectation, Set<HostPair> pairs) {
        ScenarioSettings settings = new ScenarioSettings(
                expectation.machineType(), expectation.loadBehaviour(), expectation.sourceXMigProperties(), null);
        List<FailingMove> failing = new ArrayList<>();
        List<FailingMove> undecided = new ArrayList<>();
        for (HostPair pair : pairs) {
            Evaluation evaluation = evaluator.evaluate(pair, settings);
            if (evaluation.verdict() == Verdict.UNKNOWN) {
                undecided.add(new FailingMove(pair, evaluation));
            } else if (!suffices(expectation.required(), evaluation.verdict())) {
                failing.add(new FailingMove(pair, evaluation));
            }
        }
        int checked = pairs.size();
        Status status;
        String sentence;
        if (!failing.isEmpty()) {
            status = Status.NOT_MET;
            sentence = failing.size() + " of " + checked + (checked == 1 ? " move fails" : " moves fail")
                    + firstOf(failing);
        } else if (!undecided.isEmpty()) {
            status = Status.UNKNOWN;
            sentence = undecided.size() + " of " + checked + " moves cannot be decided" + firstOf(undecided);
        } else {
            status = Status.MET;
            sentence = checked == 1
                    ? "The one known move goes as required."
                    : "All " + checked + " known moves go as required.";
        }
        return new ExpectationOutcome(expectation, status, checked, failing, undecided, sentence);
    }

    private static String firstOf(List<FailingMove> moves) {
        FailingMove first = moves.getFirst();
        return ", " + first.pair() + " for one: " + first.evaluation().summary();
    }

    private static boolean suffices(Expectation.Requirement required, Verdict verdict) {
        return switch (required) {
            case MAY_MIGRATE -> verdict.mayMigrate();
            case WITHOUT_WARNINGS -> verdict == Verdict.COMPATIBLE;
        };
    }

    private List<HostPair> pairs(Expectation expectation, KernelRange from, KernelRange to) {
        return moves.stream()
                .filter(pair ->
                        isSelected(expectation, from, pair.source()) && isSelected(expectation, to, pair.destination()))
                .toList();
    }

    private static boolean isSelected(Expectation expectation, KernelRange kernels, CapturedHost host) {
        return (expectation.cpuModel() == null
                        || expectation.cpuModel().equals(host.capture().cpuModel()))
                && kernels.match(host.kernel()) instanceof RangeMatch.Matches;
    }

    private String nothingToTry(Expectation expectation, KernelRange from, KernelRange to) {
        boolean anyFrom = hosts.stream().anyMatch(host -> isSelected(expectation, from, host));
        boolean anyTo = hosts.stream().anyMatch(host -> isSelected(expectation, to, host));
        String where = expectation.cpuModel() == null ? "" : " on " + expectation.cpuModel();
        if (anyFrom && anyTo) {
            return "no two captured hosts" + where
                    + " of one CPU model, accelerator and vCPU feature set have a kernel in " + from + " and one in "
                    + to;
        }
        return "no captured host" + where + " has a kernel in "
                + (anyFrom ? to.toString() : anyTo ? from.toString() : from + " or " + to);
    }

    private static ExpectationOutcome unknown(Expectation expectation, String reason) {
        return new ExpectationOutcome(
                expectation, Status.UNKNOWN, 0, List.of(), List.of(), "Nothing can be said: " + reason + ".");
    }
}
