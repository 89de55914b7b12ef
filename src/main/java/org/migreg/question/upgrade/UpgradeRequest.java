package org.migreg.question.upgrade;

import java.util.List;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyTable;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.ScenarioSettings;

/**
 * A rolling upgrade in question.
 *
 * @param known captured hosts of the fleet's kernels, of the kernels on the way, and of any others that
 *     might be a stop on the way
 * @param current the kernels that the fleet runs now; at least one
 * @param hops the kernels to go to, one after another, the target last; at least one
 * @param rollback whether the way back must be open too, from every hop
 */
public record UpgradeRequest(
        PolicyTable table,
        ScenarioSettings settings,
        List<CapturedHost> known,
        List<KernelRelease> current,
        List<KernelRelease> hops,
        boolean rollback) {

    public UpgradeRequest {
        known = List.copyOf(known);
        current = List.copyOf(current);
        hops = List.copyOf(hops);
        if (current.isEmpty()) {
            throw new IllegalArgumentException("current names no kernel: give those that the fleet runs now");
        }
        if (hops.isEmpty() || hops.size() > 10) {
            throw new IllegalArgumentException("hops has " + hops.size() + " kernels: give 1 to 10, the target last");
        }
    }

    UpgradeRequest with(PolicyTable otherTable, List<KernelRelease> otherHops) {
        return new UpgradeRequest(otherTable, settings, known, current, otherHops, rollback);
    }
}
