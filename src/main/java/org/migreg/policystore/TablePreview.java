package org.migreg.policystore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TableDifference.EntryChange;
import org.migreg.policy.change.TableDifference.MachineTypeChange;

/**
 * What edits would make of the tables. It is no {@link TableRevision}: what is not written has no number, by which caches
 * and readers could take it for what is.
 *
 * @param before what the edits were made for
 * @param after what would come of it
 * @param difference between the two
 */
public record TablePreview(TableRevision before, PolicyTable after, TableDifference difference) {

    /** Whether a write would make a revision. */
    public boolean changesAnything() {
        return !difference.isEmpty();
    }

    static TablePreview of(TableRevision before, PolicyTable after) {
        return new TablePreview(before, after, TableDifference.between(before.table(), after));
    }

    /** The ids of the added entries, in the order of the edits. */
    List<Long> newEntryIds() {
        return difference.entries().stream()
                .filter(change -> change.before() == null)
                .map(EntryChange::id)
                .sorted()
                .toList();
    }

    /** What it is once it is written as this revision. */
    TableRevision numbered(long number) {
        Map<String, Long> machineTypeVersions = new HashMap<>(before.machineTypeVersions());
        for (MachineTypeChange one : difference.machineTypes()) {
            if (one.after() == null) {
                machineTypeVersions.remove(one.machineType());
            } else {
                machineTypeVersions.put(one.machineType(), number);
            }
        }
        Map<Long, Long> entryVersions = new HashMap<>(before.entryVersions());
        long highestEntryId = before.highestEntryId();
        for (EntryChange one : difference.entries()) {
            if (one.after() == null) {
                entryVersions.remove(one.id());
            } else {
                entryVersions.put(one.id(), number);
                highestEntryId = Math.max(highestEntryId, one.id());
            }
        }
        return new TableRevision(number, after, machineTypeVersions, entryVersions, highestEntryId);
    }
}
