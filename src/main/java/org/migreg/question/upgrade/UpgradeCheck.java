package org.migreg.question.upgrade;

import java.util.List;
import org.migreg.hostkernel.KernelRelease;

/**
 * What becomes of guests along one way of upgrading.
 *
 * @param moves how many moves of guests were evaluated
 * @param strandedForward guests that cannot follow the upgrade
 * @param strandedBackward guests that cannot follow a rollback; empty where none was asked for
 * @param missing what nothing can be said without, a sentence each: captures, or the end of a way that is too long to walk
 */
public record UpgradeCheck(
        List<KernelRelease> hops,
        int moves,
        List<StrandedGuest> strandedForward,
        List<StrandedGuest> strandedBackward,
        List<String> missing) {

    public UpgradeCheck {
        hops = List.copyOf(hops);
        strandedForward = List.copyOf(strandedForward);
        strandedBackward = List.copyOf(strandedBackward);
        missing = List.copyOf(missing);
    }

    /** Whether every guest can follow, and every capture needed to say so is there. */
    public boolean mayProceed() {
        return missing.isEmpty() && moves > 0 && strandedForward.isEmpty();
    }

    /** Whether every guest can be taken back, and every capture needed to say so is there. */
    public boolean mayRollBack() {
        return missing.isEmpty() && moves > 0 && strandedBackward.isEmpty();
    }

    boolean isOpen() {
        return mayProceed() && mayRollBack();
    }

    /** Whether the way there is open where the other's is not, or fewer guests are stranded and nowhere more. */
    boolean isBetterThan(UpgradeCheck other) {
        int there = strandedForward.size() - other.strandedForward.size();
        int back = strandedBackward.size() - other.strandedBackward.size();
        return mayProceed() && !other.mayProceed() || there <= 0 && back <= 0 && there + back < 0;
    }
}
