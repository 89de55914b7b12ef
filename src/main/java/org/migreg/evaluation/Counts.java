package org.migreg.evaluation;

/**
 * How many registers fell where, all in registers.
 *
 * @param outgoing in the source's list less those hidden there: what the stream carries
 * @param local in the destination's list less those hidden there
 * @param common in both
 * @param extra in the stream, unknown on the destination
 * @param absent known on the destination, not in the stream
 * @param tolerated of the extra ones, those that are tolerated
 * @param fatal of the extra ones, those that fail the load
 * @param dropped of the extra ones, those whose state is lost without a policy that allows it
 * @param hiddenOnSource taken out of the source's list
 * @param hiddenOnDestination taken out of the destination's list
 * @param valuesCompared common registers with a value on both sides
 * @param valuesRefused registers that the destination refuses to set
 */
public record Counts(
        int outgoing,
        int local,
        int common,
        int extra,
        int absent,
        int tolerated,
        int fatal,
        int dropped,
        int hiddenOnSource,
        int hiddenOnDestination,
        int valuesCompared,
        int valuesRefused) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
