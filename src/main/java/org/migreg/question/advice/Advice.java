package org.migreg.question.advice;

import java.util.List;
import org.migreg.policy.PolicyTable;
import org.migreg.question.fleet.HostPair;
import org.migreg.register.RegisterId;

/**
 * The smallest set of entries with which every wanted move passes the list comparison, and what is
 * left.
 *
 * @param entries most useful first: by the moves that each unblocks, then by register
 * @param table the tables with all of them
 * @param wanted how many moves were wanted
 * @param failedBefore those that the list comparison refused before
 * @param forbidden moves that values forbid even so, each with its cures
 * @param undecided moves whose verdict is UNKNOWN or UNSAFE even so, for what the findings name
 * @param notSearchedOut registers of which the search was cut short: their entries let the moves pass, and fewer or
 *     narrower ones may do
 */
public record Advice(
        List<AdvisedEntry> entries,
        PolicyTable table,
        int wanted,
        List<HostPair> failedBefore,
        List<BlockedMove> forbidden,
        List<BlockedMove> undecided,
        List<RegisterId> notSearchedOut) {
    public Advice {
        entries = List.copyOf(entries);
        failedBefore = List.copyOf(failedBefore);
        forbidden = List.copyOf(forbidden);
        undecided = List.copyOf(undecided);
        notSearchedOut = List.copyOf(notSearchedOut);
    }
}
