package org.migreg.question.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Evaluation;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.question.advice.Advice;
import org.migreg.question.advice.AdviceRequest;
import org.migreg.question.advice.Advisor;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.HostKind;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.StepBudget;
import org.migreg.register.RegisterList;

/**
 * Walks guests through a rolling upgrade. In each hop the hosts of the kernel before and of the kernel
 * after run side by side, and every guest must be able to move from the one to the other; for a
 * rollback, back again, down to the kernels that the fleet began with. Guests are started at every
 * stage and carry their values with them, so a step that a fresh guest could make may still be closed
 * to one that came a long way, and open to one that lost on the way what closes it.
 */
public final class UpgradePlanner {

    /** Moves of guests along one way that are looked at: real ways have some hundred. */
    private static final long MOST_MOVES_OF_ONE_WAY = 20_000;

    /** Moves of guests on other ways that the search for a remedy looks at, some seconds. */
    private static final long MOST_MOVES_OF_OTHER_WAYS = 50_000;

    private final UpgradeRequest request;
    private final PairEvaluator evaluator;
    private final Map<HostKind, List<List<CapturedHost>>> stages = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<String, StrandedGuest> forward = new LinkedHashMap<>();
    private final Map<String, StrandedGuest> backward = new LinkedHashMap<>();
    private final StepBudget budget;
    private int moves;

    private UpgradePlanner(UpgradeRequest request, StepBudget budget) {
        this.request = request;
        this.budget = budget;
        this.evaluator = new PairEvaluator(request.table());
        Map<HostKind, List<CapturedHost>> byKind = new LinkedHashMap<>();
        for (CapturedHost host : request.known()) {
            if (request.settings().concerns(host)) {
                byKind.computeIfAbsent(host.kind(), kind -> new ArrayList<>()).add(host);
            }
        }
        byKind.forEach(this::layOut);
        for (KernelRelease kernel : request.current()) {
            if (stages.values().stream()
                    .noneMatch(stage -> stage.getFirst().stream().anyMatch(host -> kernel.equals(host.kernel())))) {
                missing.add("No host with kernel " + kernel + " is captured.");
            }
        }
    }

    /** Kinds of hosts that the fleet has none of now take no part. */
    private void layOut(HostKind kind, List<CapturedHost> hosts) {
        List<CapturedHost> now = hosts.stream()
                .filter(host -> request.current().contains(host.kernel()))
                .toList();
        if (now.isEmpty()) {
            return;
        }
        List<List<CapturedHost>> of = new ArrayList<>();
        of.add(now);
        for (KernelRelease hop : request.hops()) {
            List<CapturedHost> there =
                    hosts.stream().filter(host -> hop.equals(host.kernel())).toList();
            if (there.isEmpty()) {
                missing.add("No host of " + kind + " with kernel " + hop + " is captured.");
            }
            of.add(there);
        }
        stages.put(kind, of);
    }

    public static UpgradePlan plan(UpgradeRequest request) {
        return plan(request, MOST_MOVES_OF_OTHER_WAYS);
    }

    static UpgradePlan plan(UpgradeRequest request, long mostMovesOfOtherWays) {
        UpgradeCheck asked = check(request);
        if (asked.isOpen() || !asked.missing().isEmpty()) {
            return new UpgradePlan(asked, null, List.of(), 0);
        }
        Advice advice = advice(request);
        RemedySearch.Found found = new RemedySearch(request, mostMovesOfOtherWays).find(asked, advice);
        return new UpgradePlan(
                asked, found.remedy(), advice == null ? List.of() : advice.forbidden(), found.untriedWays());
    }

    /** Only the way asked about, without looking for a remedy. */
    public static UpgradeCheck check(UpgradeRequest request) {
        return check(request, budgetOfOneWay());
    }

    static StepBudget budgetOfOneWay() {
        return new StepBudget(MOST_MOVES_OF_ONE_WAY);
    }

    /** @param budget a step is a move of a guest */
    static UpgradeCheck check(UpgradeRequest request, StepBudget budget) {
        UpgradePlanner planner = new UpgradePlanner(request, budget);
        planner.walk();
        return new UpgradeCheck(
                request.hops(),
                planner.moves,
                List.copyOf(planner.forward.values()),
                List.copyOf(planner.backward.values()),
                planner.missing);
    }

    /** Entries for every step of the way, and what no entry lets pass; null where there is nothing to advise on. */
    static @Nullable Advice advice(UpgradeRequest request) {
        String machineType = request.settings().machineType();
        List<HostPair> steps = new UpgradePlanner(request, budgetOfOneWay()).steps();
        return steps.isEmpty() || request.table().machineType(machineType) == null
                ? null
                : Advisor.advise(new AdviceRequest(
                        request.table(), machineType, request.settings().sourceXMigProperties(), steps));
    }

    private List<HostPair> steps() {
        Set<HostPair> steps = new LinkedHashSet<>();
        for (List<List<CapturedHost>> of : stages.values()) {
            for (int i = 1; i < of.size(); i++) {
                for (CapturedHost before : of.get(i - 1)) {
                    for (CapturedHost after : of.get(i)) {
                        HostPair step = new HostPair(before, after);
                        steps.add(step);
                        if (request.rollback()) {
                            steps.add(step.reversed());
                        }
                    }
                }
            }
        }
        return List.copyOf(steps);
    }

    private void walk() {
        for (List<List<CapturedHost>> of : stages.values()) {
            for (int born = 0; born < of.size(); born++) {
                for (CapturedHost host : of.get(born)) {
                    Guest guest = new Guest(List.of(host), host.capture().registers());
                    climb(of, born, guest);
                }
            }
        }
        if (budget.isUsedUp()) {
            missing.add("There are more moves of guests than are looked at; these are the first " + moves
                    + ": name fewer hops, or one CPU model and vCPU feature set.");
        }
    }

    private record Guest(List<CapturedHost> path, RegisterList registers) {
        CapturedHost host() {
            return path.getLast();
        }
    }

    private void climb(List<List<CapturedHost>> of, int stage, Guest guest) {
        if (request.rollback()) {
            descend(of, stage, guest);
        }
        if (stage + 1 < of.size()) {
            for (CapturedHost next : of.get(stage + 1)) {
                Guest moved = move(guest, next, forward);
                if (moved != null) {
                    climb(of, stage + 1, moved);
                }
            }
        }
    }

    private void descend(List<List<CapturedHost>> of, int stage, Guest guest) {
        if (stage > 0) {
            for (CapturedHost next : of.get(stage - 1)) {
                Guest moved = move(guest, next, backward);
                if (moved != null) {
                    descend(of, stage - 1, moved);
                }
            }
        }
    }

    private @Nullable Guest move(Guest guest, CapturedHost next, Map<String, StrandedGuest> stranded) {
        if (!budget.take(1)) {
            return null;
        }
        Evaluation evaluation =
                evaluator.evaluate(guest.registers(), new HostPair(guest.host(), next), request.settings());
        moves++;
        if (!evaluation.verdict().mayMigrate()) {
            StrandedGuest left = new StrandedGuest(guest.path(), next, evaluation);
            stranded.putIfAbsent(left.toString(), left);
            return null;
        }
        List<CapturedHost> path = new ArrayList<>(guest.path());
        path.add(next);
        return new Guest(
                path, CarriedRegisters.after(guest.registers(), next.capture().registers(), evaluation));
    }
}
