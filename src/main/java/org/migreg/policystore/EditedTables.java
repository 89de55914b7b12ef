package org.migreg.policystore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.EntryContent;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.qemu.MachineType;
import org.migreg.revision.StaleVersionException;

/** Tables under change: the edits taken one by one. */
final class EditedTables {

    private static final long MADE_BY_THIS_CHANGE = 0;

    private final TableRevision before;
    private final Map<String, MachineType> machineTypes = new LinkedHashMap<>();
    private final Map<Long, PolicyEntry> entries = new LinkedHashMap<>();
    private long highestEntryId;

    private EditedTables(TableRevision before) {
        this.before = before;
        before.table().machineTypes().forEach(machineType -> machineTypes.put(machineType.name(), machineType));
        before.table().allEntries().forEach(entry -> entries.put(entry.id(), entry));
        this.highestEntryId = before.highestEntryId();
    }

    /** Takes all the edits; whether the result holds together is judged by {@link #table}. */
    static EditedTables of(TableRevision before, List<VersionedEdit> edits) {
        EditedTables underChange = new EditedTables(before);
        edits.forEach(underChange::take);
        return underChange;
    }

    private void take(VersionedEdit versioned) {
        versioned.edit().requireStorable();
        ExpectedVersion expected = versioned.expected();
        switch (versioned.edit()) {
            case TableEdit.PutMachineType(MachineType machineType) -> {
                String name = machineType.name();
                if (machineTypes.containsKey(name) && expected.equals(ExpectedVersion.absent())) {
                    throw new MachineTypeExistsException(name);
                }
                if (machineTypes.containsKey(name) || !expected.isMetBy(null)) {
                    requireMachineType(name, expected);
                }
                machineTypes.put(name, machineType);
            }
            case TableEdit.DeleteMachineType(String name) -> {
                requireMachineType(name, expected);
                machineTypes.remove(name);
                entries.values().removeIf(entry -> entry.machineType().equals(name));
            }
            case TableEdit.AddEntry(EntryContent entry) -> {
                entries.put(++highestEntryId, new PolicyEntry(highestEntryId, entry));
            }
            case TableEdit.ReplaceEntry(long id, EntryContent entry) -> {
                requireEntry(entry.machineType(), id, expected);
                entries.put(id, new PolicyEntry(id, entry));
            }
            case TableEdit.DeleteEntry(String machineType, long id) -> {
                requireEntry(machineType, id, expected);
                entries.remove(id);
            }
        }
    }

    private void requireMachineType(String name, ExpectedVersion expected) {
        if (!machineTypes.containsKey(name)) {
            throw new NoSuchMachineTypeException(name);
        }
        requireVersion(
                "machine type " + name, expected, before.machineTypeVersions().get(name));
    }

    private void requireEntry(String machineType, long id, ExpectedVersion expected) {
        PolicyEntry there = entries.get(id);
        if (there == null || !there.machineType().equals(machineType)) {
            if (!machineTypes.containsKey(machineType)) {
                throw new NoSuchMachineTypeException(machineType);
            }
            throw new NoSuchEntryException(machineType, id);
        }
        requireVersion(
                "entry " + id + " of machine type " + machineType,
                expected,
                before.entryVersions().get(id));
    }

    private static void requireVersion(String thing, ExpectedVersion expected, @Nullable Long versionBefore) {
        long actual = versionBefore == null ? MADE_BY_THIS_CHANGE : versionBefore;
        if (!expected.isMetBy(actual)) {
            throw new StaleVersionException(thing + " was last changed by revision " + actual, expected, actual);
        }
    }

    /**
     * The tables after the change, if they hold together.
     *
     * @throws MachineTypeInUseException when something inherits from a machine type that the change deletes
     * @throws NoSuchMachineTypeException when an entry was added to a machine type that does not exist
     * @throws PolicyTable.InvalidTableException when the parts do not hold together otherwise
     */
    PolicyTable table() {
        for (MachineType gone : before.table().machineTypes()) {
            if (!machineTypes.containsKey(gone.name())) {
                requireNoHeirs(gone.name());
            }
        }
        for (PolicyEntry entry : entries.values()) {
            if (!machineTypes.containsKey(entry.machineType())) {
                throw new NoSuchMachineTypeException(entry.machineType());
            }
        }
        return PolicyTable.of(machineTypes.values(), entries.values());
    }

    private void requireNoHeirs(String gone) {
        List<String> heirs = machineTypes.values().stream()
                .filter(machineType -> gone.equals(machineType.inheritsFrom()))
                .map(MachineType::name)
                .toList();
        if (!heirs.isEmpty()) {
            throw new MachineTypeInUseException(gone, heirs);
        }
    }
}
