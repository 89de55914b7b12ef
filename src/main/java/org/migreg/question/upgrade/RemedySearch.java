package org.migreg.question.upgrade;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.question.advice.Advice;
import org.migreg.question.fleet.StepBudget;

/**
 * Looks for what makes an upgrade possible, in this order: entries for the way asked about; another way of up to two
 * stops among the known kernels, under the tables as they are; the same with entries. Where none strands nobody, entries
 * that strand fewer on the way asked about are better than nothing.
 *
 * <p>A step of its budget is a move of a guest.
 */
final class RemedySearch {

    /** What advice on one way costs, in moves of guests. */
    private static final int ADVICE = 100;

    /**
     * @param untriedWays other ways that were not tried, since the budget did not last
     */
    record Found(UpgradePlan.@Nullable Remedy remedy, long untriedWays) {}

    private final UpgradeRequest request;
    private final OtherWays otherWays;
    private final boolean entriesAreInForce;
    private final StepBudget withoutEntries;
    private final StepBudget withEntries;

    /** @param mostMoves of guests on other ways, half of them under the tables as they are and half with entries */
    RemedySearch(UpgradeRequest request, long mostMoves) {
        this.request = request;
        this.otherWays = new OtherWays(request);
        this.entriesAreInForce = request.settings().loadBehaviour() instanceof LoadBehaviour.XMigProperties;
        this.withoutEntries = new StepBudget(Math.max(1, mostMoves / 2));
        this.withEntries = new StepBudget(Math.max(1, mostMoves / 2));
    }

    /**
     * @param asked the way asked about, on which guests are stranded
     * @param advice on that way; null where there is nothing to advise on
     */
    Found find(UpgradeCheck asked, @Nullable Advice advice) {
        UpgradePlan.Remedy byEntries = withEntries(request, advice, UpgradePlanner.budgetOfOneWay());
        if (byEntries != null && byEntries.check().isOpen()) {
            return new Found(byEntries, 0);
        }
        long tried = 0;
        for (List<KernelRelease> hops : otherWays) {
            UpgradeCheck check = UpgradePlanner.check(request.with(request.table(), hops), withoutEntries);
            if (check.isOpen()) {
                return new Found(new UpgradePlan.Remedy(hops, List.of(), check), 0);
            }
            if (withoutEntries.isUsedUp()) {
                break;
            }
            tried++;
        }
        if (entriesAreInForce) {
            long triedWithEntries = 0;
            for (List<KernelRelease> hops : otherWays) {
                UpgradePlan.Remedy remedy = onAnotherWay(hops);
                if (remedy != null && remedy.check().isOpen()) {
                    return new Found(remedy, 0);
                }
                if (withEntries.isUsedUp()) {
                    break;
                }
                triedWithEntries++;
            }
            tried = Math.min(tried, triedWithEntries);
        }
        boolean isAllTried = !withoutEntries.isUsedUp() && !withEntries.isUsedUp();
        return new Found(
                byEntries != null && byEntries.check().isBetterThan(asked) ? byEntries : null,
                isAllTried ? 0 : otherWays.count() - tried);
    }

    private UpgradePlan.@Nullable Remedy onAnotherWay(List<KernelRelease> hops) {
        if (!withEntries.take(ADVICE)) {
            return null;
        }
        UpgradeRequest other = request.with(request.table(), hops);
        return withEntries(other, UpgradePlanner.advice(other), withEntries);
    }

    private UpgradePlan.@Nullable Remedy withEntries(UpgradeRequest way, @Nullable Advice advice, StepBudget budget) {
        return !entriesAreInForce || advice == null || advice.entries().isEmpty()
                ? null
                : new UpgradePlan.Remedy(
                        way.hops(),
                        advice.entries(),
                        UpgradePlanner.check(way.with(advice.table(), way.hops()), budget));
    }
}
