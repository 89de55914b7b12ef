package org.migreg.evaluation;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.PolicyEntry;

/**
 * Whether a guest loses nothing by a register that its source hides: QEMU hides it whatever its value, and what it was
 * given by it is lost.
 *
 * @param entry the entry that decides it
 * @param kind of the finding that tells of it
 * @param reason why it is open, for a person; else empty
 */
record HidingSafety(Holds safe, PolicyEntry entry, FindingKind kind, String reason) {

    /** @param value the register's on the source, where known */
    static HidingSafety of(EffectivePolicy.Element hidden, OptionalLong value) {
        HidingSafety open = null;
        HidingSafety notMet = null;
        boolean allMet = true;
        for (EffectivePolicy.Origin origin : hidden.origins()) {
            PolicyEntry entry = origin.entry();
            Holds met = Holds.of(entry.condition(), value);
            allMet &= met == Holds.YES;
            if (met == Holds.YES && origin.isDecided()) {
                return new HidingSafety(Holds.YES, entry, FindingKind.HIDDEN_ON_SOURCE, "");
            }
            if (met == Holds.YES) {
                open = new HidingSafety(
                        Holds.OPEN,
                        entry,
                        FindingKind.ENTRY_UNDECIDED,
                        origin.match().reason());
            } else if (met == Holds.OPEN && open == null) {
                open = new HidingSafety(
                        Holds.OPEN,
                        entry,
                        FindingKind.CONDITION_UNDECIDED,
                        FindingText.conditionNeedsValue(entry.condition()));
            } else if (met == Holds.NO && notMet == null) {
                notMet = new HidingSafety(Holds.NO, entry, FindingKind.CONDITION_NOT_MET, "");
            }
        }
        // Whichever of them hides it, its condition is met.
        if (allMet && open != null) {
            return new HidingSafety(Holds.YES, open.entry(), FindingKind.HIDDEN_ON_SOURCE, "");
        }
        return open != null ? open : required(notMet);
    }

    private static HidingSafety required(@Nullable HidingSafety safety) {
        if (safety == null) {
            throw new IllegalStateException("an element has an entry at least");
        }
        return safety;
    }
}
