package org.migreg.question.advice;

import java.util.List;
import org.migreg.policy.PolicyTable;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.Directions;
import org.migreg.question.fleet.HostPair;

/**
 * What is to be made possible.
 *
 * @param table the tables as they are; advice adds to them and takes nothing away
 * @param machineType the guests' machine type, one of the table's: entries are advised for it
 * @param sourceXMigProperties whether the sources' QEMUs carry the properties; without, nothing can be
 *     hidden there
 * @param wanted the moves that shall pass; the destinations' QEMUs carry the properties
 */
public record AdviceRequest(
        PolicyTable table, String machineType, boolean sourceXMigProperties, List<HostPair> wanted) {

    /** Each is evaluated in full, before and after: some ten seconds. */
    public static final int MOST_MOVES = 100_000;

    /** @throws IllegalArgumentException when the table lacks the machine type, or nothing is wanted, or too much */
    public AdviceRequest {
        if (table.machineType(machineType) == null) {
            throw new IllegalArgumentException("machine type " + machineType
                    + " does not exist, so no entry can be advised for it: make it first");
        }
        wanted = List.copyOf(wanted);
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "no move is wanted: give two captured hosts of one CPU model, accelerator"
                            + " and vCPU feature set at least");
        }
        if (wanted.size() > MOST_MOVES) {
            throw new IllegalArgumentException("these are " + wanted.size() + " moves, and advice is given on "
                    + MOST_MOVES + " at most: name fewer kernels, or one direction");
        }
    }

    /** Every move of these directions among hosts of one kind. */
    public static AdviceRequest among(
            PolicyTable table, String machineType, List<CapturedHost> hosts, Directions directions) {
        return new AdviceRequest(table, machineType, true, directions.among(hosts));
    }
}
