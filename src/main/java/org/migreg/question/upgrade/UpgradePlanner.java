package org.migreg.question.upgrade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.question.advice.Advice;
import org.migreg.question.advice.AdviceRequest;
import org.migreg.question.advice.Advisor;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.HostKind;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.register.RegisterList;

/**
 * Walks guests through a rolling upgrade. In each hop the hosts of the kernel before and of the kernel
 * after run side by side, and every guest must be able to move from the one to the other; for a
 * rollback, back again, down to the kernels that the fleet began with. Guests are started at every
 * stage and carry their values with them, so a step that a fresh guest could make may still be closed
 * to one that came a long way, and open to one that lost on the way what closes it.
 *
 * <p>A remedy is sought in this order: entries for the way asked about; another way of up to two stops
 * among the known kernels, under the tables as they are; the same with entries. Where none strands
 * nobody, entries that strand fewer on the way asked about are better than nothing.
 */
public final class UpgradePlanner {

    private static final int MOST_STOPS = 2;

    private final UpgradeRequest request;
    private final PairEvaluator evaluator;
    private final Map<HostKind, List<List<CapturedHost>>> stages = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<String, StrandedGuest> forward = new LinkedHashMap<>();
    private final Map<String, StrandedGuest> backward = new LinkedHashMap<>();
    private int moves;

    private UpgradePlanner(UpgradeRequest request) {
        this.request = request;
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
        UpgradeCheck asked = check(request);
        if (asked.isOpen() || !asked.missing().isEmpty()) {
            return new UpgradePlan(asked, null, List.of());
        }
        Advice advice = advice(request);
        return new UpgradePlan(asked, remedy(request, asked, advice), advice == null ? List.of() : advice.forbidden());
    }

    /** The way asked about alone, without looking for a remedy. */
    public static UpgradeCheck check(UpgradeRequest request) {
        UpgradePlanner planner = new UpgradePlanner(request);
        planner.walk();
        return new UpgradeCheck(
                request.hops(),
                planner.moves,
                List.copyOf(planner.forward.values()),
                List.copyOf(planner.backward.values()),
                planner.missing);
    }

    private static UpgradePlan.@Nullable Remedy remedy(
            UpgradeRequest request, UpgradeCheck asked, @Nullable Advice advice) {
        UpgradePlan.Remedy byEntries = withEntries(request, advice);
        if (byEntries != null && byEntries.check().isOpen()) {
            return byEntries;
        }
        List<List<KernelRelease>> otherWays = otherWays(request);
        for (List<KernelRelease> hops : otherWays) {
            UpgradeCheck check = check(request.with(request.table(), hops));
            if (check.isOpen()) {
                return new UpgradePlan.Remedy(hops, List.of(), check);
            }
        }
        for (List<KernelRelease> hops : otherWays) {
            UpgradeRequest other = request.with(request.table(), hops);
            UpgradePlan.Remedy remedy = withEntries(other, advice(other));
            if (remedy != null && remedy.check().isOpen()) {
                return remedy;
            }
        }
        return byEntries != null && byEntries.check().isBetterThan(asked) ? byEntries : null;
    }

    private static UpgradePlan.@Nullable Remedy withEntries(UpgradeRequest request, @Nullable Advice advice) {
        boolean inForce = request.settings().loadBehaviour() instanceof LoadBehaviour.XMigProperties;
        return !inForce || advice == null || advice.entries().isEmpty()
                ? null
                : new UpgradePlan.Remedy(
                        request.hops(), advice.entries(), check(request.with(advice.table(), request.hops())));
    }

    /** Entries for every step of the way, and what no entry lets pass; null where there is nothing to advise on. */
    private static @Nullable Advice advice(UpgradeRequest request) {
        String machineType = request.settings().machineType();
        List<HostPair> steps = new UpgradePlanner(request).steps();
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

    /** Ways to the same target over up to two other kernels that are between, fewer stops first. */
    private static List<List<KernelRelease>> otherWays(UpgradeRequest request) {
        KernelRelease target = request.hops().getLast();
        TreeSet<KernelRelease> between = new TreeSet<>(KernelRelease.LISTING_ORDER);
        KernelRelease oldest = Objects.requireNonNull(
                request.current().stream().min(KernelRelease.LISTING_ORDER).orElse(target));
        for (CapturedHost host : request.known()) {
            KernelRelease kernel = host.kernel();
            if (kernel != null
                    && KernelRelease.LISTING_ORDER.compare(kernel, oldest) > 0
                    && KernelRelease.LISTING_ORDER.compare(kernel, target) < 0
                    && !request.current().contains(kernel)) {
                between.add(kernel);
            }
        }
        List<List<KernelRelease>> ways = new ArrayList<>();
        List<List<KernelRelease>> stops = new ArrayList<>(List.of(List.of()));
        for (int count = 0; count <= MOST_STOPS; count++) {
            List<List<KernelRelease>> longer = new ArrayList<>();
            for (List<KernelRelease> before : stops) {
                List<KernelRelease> way = new ArrayList<>(before);
                way.add(target);
                ways.add(way);
                for (KernelRelease next : between) {
                    if (before.isEmpty() || KernelRelease.LISTING_ORDER.compare(before.getLast(), next) < 0) {
                        List<KernelRelease> extended = new ArrayList<>(before);
                        extended.add(next);
                        longer.add(extended);
                    }
                }
            }
            stops = longer;
        }
        ways.removeIf(way -> way.equals(request.hops()));
        ways.sort(Comparator.comparingInt(List::size));
        return ways;
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
