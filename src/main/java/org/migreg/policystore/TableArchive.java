package org.migreg.policystore;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Change;
import org.migreg.history.RevisionKind;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TableDifference.EntryChange;
import org.migreg.policy.change.TableDifference.MachineTypeChange;
import org.migreg.qemu.MachineType;
import org.migreg.revision.ChangeSource;
import org.migreg.revision.ChangedRows;
import org.migreg.revision.DamagedDataException;
import org.springframework.stereotype.Component;

/** The tables of every revision in the database. */
@Component
record TableArchive(
        MachineTypeVersionRepository machineTypes, PolicyEntryVersionRepository entries, EntityManager entityManager)
        implements ChangeSource {

    /** Databases bound the parameters of one statement. */
    private static final int AT_ONCE = 1000;

    /** The tables as of a revision that has been written, or 0; later writes do not disturb the reading. */
    TableRevision read(long number) {
        if (number == 0) {
            return TableRevision.NOTHING;
        }
        List<MachineType> machineTypesThen = new ArrayList<>();
        Map<String, Long> machineTypeVersions = new HashMap<>();
        for (MachineTypeVersionEntity row : machineTypes.inForceAt(number)) {
            MachineType machineType = row.toMachineType();
            machineTypesThen.add(machineType);
            machineTypeVersions.put(machineType.name(), row.validFrom());
        }
        List<PolicyEntry> entriesThen = new ArrayList<>();
        Map<Long, Long> entryVersions = new HashMap<>();
        for (PolicyEntryVersionEntity row : entries.inForceAt(number)) {
            PolicyEntry entry = row.toEntry();
            entriesThen.add(entry);
            entryVersions.put(entry.id(), row.validFrom());
        }
        Long highestEntryId = entries.highestEntryIdUpTo(number);
        return new TableRevision(
                number,
                DamagedDataException.reading(
                        () -> "the tables of revision " + number, () -> PolicyTable.of(machineTypesThen, entriesThen)),
                machineTypeVersions,
                entryVersions,
                highestEntryId == null ? 0 : highestEntryId);
    }

    /** Writes what changes; within the transaction of the revision. */
    void write(TableDifference difference, long revision) {
        List<String> endingMachineTypes = difference.machineTypes().stream()
                .filter(change -> change.before() != null)
                .map(MachineTypeChange::machineType)
                .toList();
        inPortions(endingMachineTypes, names -> machineTypes.end(names, revision));
        List<Long> endingEntries = difference.entries().stream()
                .filter(change -> change.before() != null)
                .map(EntryChange::id)
                .toList();
        inPortions(endingEntries, ids -> entries.end(ids, revision));
        for (MachineTypeChange change : difference.machineTypes()) {
            if (change.after() != null) {
                entityManager.persist(new MachineTypeVersionEntity(change.after(), revision));
            }
        }
        for (EntryChange change : difference.entries()) {
            if (change.after() != null) {
                entityManager.persist(
                        new PolicyEntryVersionEntity(new PolicyEntry(change.id(), change.after()), revision));
            }
        }
    }

    /** The revision that last changed or removed the machine type; 0 for one that never was. */
    long lastChangeOf(String machineType) {
        return later(machineTypes.lastBegun(machineType), machineTypes.lastEnded(machineType));
    }

    /** The revision that last changed or removed the entry; 0 for one that never was. */
    long lastChangeOfEntry(long id) {
        return later(entries.lastBegun(id), entries.lastEnded(id));
    }

    private static long later(@Nullable Long begun, @Nullable Long ended) {
        return Math.max(begun == null ? 0 : begun, ended == null ? 0 : ended);
    }

    private static <T> void inPortions(List<T> all, java.util.function.Consumer<Collection<T>> action) {
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            action.accept(all.subList(i, Math.min(i + AT_ONCE, all.size())));
        }
    }

    @Override
    public RevisionKind kind() {
        return RevisionKind.TABLES;
    }

    @Override
    public List<Change> changes(long revision) {
        ChangedRows<String> ofMachineTypes = new ChangedRows<>();
        for (MachineTypeVersionEntity row : machineTypes.endedBy(revision)) {
            add(ofMachineTypes, false, row.toMachineType());
        }
        for (MachineTypeVersionEntity row : machineTypes.begunBy(revision)) {
            add(ofMachineTypes, true, row.toMachineType());
        }
        ChangedRows<Long> ofEntries = new ChangedRows<>();
        entries.endedBy(revision).forEach(row -> ofEntries.add(row.entryId(), false, TableText.of(row.toEntry())));
        entries.begunBy(revision).forEach(row -> ofEntries.add(row.entryId(), true, TableText.of(row.toEntry())));
        List<Change> changes = new ArrayList<>(ofMachineTypes.of(Change.Subject.MACHINE_TYPE));
        changes.addAll(ofEntries.of(Change.Subject.ENTRY));
        return changes;
    }

    private static void add(ChangedRows<String> rows, boolean begins, MachineType machineType) {
        rows.add(machineType.name(), begins, TableText.of(machineType));
    }
}
