package org.migreg.question.upgrade;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.question.advice.AdvisedEntry;
import org.migreg.question.advice.BlockedMove;

/**
 * The answer to an upgrade in question.
 *
 * @param asked the way that was asked about, under the tables as they are
 * @param remedy a way and entries with which no guest is stranded, or, where values forbid that, fewer
 *     than on the way asked about; null where none is needed or none was found
 * @param uncured steps of the way asked about that values forbid whatever the tables say, with what
 *     helps outside the tables; empty where nobody is stranded
 * @param untriedWays how many other ways to the target the search for a remedy left untried, since there are too many;
 *     0 where it tried all, or found one
 */
public record UpgradePlan(UpgradeCheck asked, @Nullable Remedy remedy, List<BlockedMove> uncured, long untriedWays) {

    /**
     * What makes the upgrade possible.
     *
     * @param hops the kernels to go to, which may be other stops than those asked about
     * @param entries to be added first; may be none
     * @param check of that way with those entries
     */
    public record Remedy(List<KernelRelease> hops, List<AdvisedEntry> entries, UpgradeCheck check) {
        public Remedy {
            hops = List.copyOf(hops);
            entries = List.copyOf(entries);
        }
    }

    public UpgradePlan {
        uncured = List.copyOf(uncured);
    }
}
