package org.migreg.policy;

import java.util.Map;

/**
 * The tables as of one revision, and the revision that last changed each of their parts. Immutable.
 */
public final class TableRevision {

    public static final TableRevision NOTHING = new TableRevision(0, PolicyTable.empty(), Map.of(), Map.of(), 0);

    private final long number;
    private final PolicyTable table;
    private final Map<String, Long> machineTypeVersions;
    private final Map<Long, Long> entryVersions;
    private final long highestEntryId;

    /** @param highestEntryId the highest that any revision up to this one has used */
    public TableRevision(
            long number,
            PolicyTable table,
            Map<String, Long> machineTypeVersions,
            Map<Long, Long> entryVersions,
            long highestEntryId) {
        this.number = number;
        this.table = table;
        this.machineTypeVersions = Map.copyOf(machineTypeVersions);
        this.entryVersions = Map.copyOf(entryVersions);
        this.highestEntryId = highestEntryId;
    }

    /**
     * The revision. Of the newest tables it is the one that last changed them, though captures may have been added
     * by later ones; of past tables it is the one that was asked for. 0 before the first.
     */
    public long number() {
        return number;
    }

    public PolicyTable table() {
        return table;
    }

    /**
     * The number of the revision that last changed the machine type itself (not its entries).
     *
     * @throws NoSuchMachineTypeException where these tables have none of this name
     */
    public long versionOf(String machineType) {
        Long version = machineTypeVersions.get(machineType);
        if (version == null) {
            throw new NoSuchMachineTypeException(machineType);
        }
        return version;
    }

    /**
     * The number of the revision that last changed the entry.
     *
     * @throws NoSuchEntryException where these tables have none of this id
     */
    public long versionOfEntry(long entryId) {
        Long version = entryVersions.get(entryId);
        if (version == null) {
            throw new NoSuchEntryException(null, entryId);
        }
        return version;
    }

    public TableRevision asOf(long otherNumber) {
        return otherNumber == number
                ? this
                : new TableRevision(otherNumber, table, machineTypeVersions, entryVersions, highestEntryId);
    }

    public Map<String, Long> machineTypeVersions() {
        return machineTypeVersions;
    }

    public Map<Long, Long> entryVersions() {
        return entryVersions;
    }

    public long highestEntryId() {
        return highestEntryId;
    }
}
