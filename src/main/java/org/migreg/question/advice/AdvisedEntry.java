package org.migreg.question.advice;

import java.util.List;
import org.migreg.policy.PolicyEntry;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.StateLoss;

/**
 * One entry of an advice.
 *
 * @param entry ready to add; its id is the next one free, to be given anew by whoever stores it
 * @param unblocks the wanted moves that fail without this entry, all others given
 * @param loss the worst that a guest on one of the wanted moves loses by it
 * @param lossReason why, in one sentence
 * @param rangeNote what the bounds of the kernel range rest on, in one sentence
 */
public record AdvisedEntry(
        PolicyEntry entry, List<HostPair> unblocks, StateLoss loss, String lossReason, String rangeNote) {
    public AdvisedEntry {
        unblocks = List.copyOf(unblocks);
    }
}
