package org.migreg.policystore;

import static org.migreg.policy.change.TableEdit.ANY_VERSION;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.history.StorableText;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;
import org.migreg.revision.StaleVersionException;

/** Tables under change: the edits taken one by one, then the difference to where they began. */
final class TablesUnderChange {

    private static final long MADE_BY_THIS_CHANGE = 0;

    private final TableRevision before;
    private final Map<String, MachineType> machineTypes = new LinkedHashMap<>();
    private final Map<Long, PolicyEntry> entries = new LinkedHashMap<>();
    private final List<Long> newEntryIds = new ArrayList<>();
    private long highestEntryId;

    private TablesUnderChange(TableRevision before) {
        this.before = before;
        before.table().machineTypes().forEach(machineType -> machineTypes.put(machineType.name(), machineType));
        before.table().allEntries().forEach(entry -> entries.put(entry.id(), entry));
        this.highestEntryId = before.highestEntryId();
    }

    /** Takes all the edits; whether the result holds together is judged by {@link #table}. */
    static TablesUnderChange of(TableRevision before, List<TableEdit> edits) {
        TablesUnderChange underChange = new TablesUnderChange(before);
        edits.forEach(underChange::take);
        return underChange;
    }

    private void take(TableEdit edit) {
        switch (edit) {
            case TableEdit.CreateMachineType create -> {
                requireStorable(create.machineType());
                String name = create.machineType().name();
                if (machineTypes.putIfAbsent(name, create.machineType()) != null) {
                    throw new MachineTypeExistsException(name);
                }
            }
            case TableEdit.ReplaceMachineType replace -> {
                requireStorable(replace.machineType());
                requireMachineType(replace.machineType().name(), replace.expectedVersion());
                machineTypes.put(replace.machineType().name(), replace.machineType());
            }
            case TableEdit.DeleteMachineType delete -> {
                requireMachineType(delete.name(), delete.expectedVersion());
                machineTypes.remove(delete.name());
                entries.values().removeIf(entry -> entry.machineType().equals(delete.name()));
            }
            case TableEdit.AddEntry add -> {
                PolicyEntry entry = new PolicyEntry(++highestEntryId, add.entry());
                requireStorable(entry);
                entries.put(entry.id(), entry);
                newEntryIds.add(entry.id());
            }
            case TableEdit.ReplaceEntry replace -> {
                PolicyEntry entry = replace.entry();
                requireStorable(entry);
                requireEntry(entry.machineType(), entry.id(), replace.expectedVersion());
                entries.put(entry.id(), entry);
            }
            case TableEdit.DeleteEntry delete -> {
                requireEntry(delete.machineType(), delete.id(), delete.expectedVersion());
                entries.remove(delete.id());
            }
        }
    }

    private static void requireStorable(MachineType machineType) {
        StorableText.require("description", machineType.description());
    }

    private static void requireStorable(PolicyEntry entry) {
        StorableText.require("rationale", entry.rationale());
        entry.references().forEach(reference -> StorableText.require("reference", reference));
    }

    private void requireMachineType(String name, long expectedVersion) {
        if (!machineTypes.containsKey(name)) {
            throw new NoSuchMachineTypeException(name);
        }
        requireVersion(
                "machine type " + name,
                expectedVersion,
                before.machineTypeVersions().get(name));
    }

    private void requireEntry(String machineType, long id, long expectedVersion) {
        PolicyEntry there = entries.get(id);
        if (there == null || !there.machineType().equals(machineType)) {
            if (!machineTypes.containsKey(machineType)) {
                throw new NoSuchMachineTypeException(machineType);
            }
            throw new NoSuchEntryException(machineType, id);
        }
        requireVersion(
                "entry " + id + " of machine type " + machineType,
                expectedVersion,
                before.entryVersions().get(id));
    }

    private static void requireVersion(String thing, long expected, @Nullable Long versionBefore) {
        long actual = versionBefore == null ? MADE_BY_THIS_CHANGE : versionBefore;
        if (expected != ANY_VERSION && expected != actual) {
            throw new StaleVersionException(thing + " was last changed by revision " + actual, expected, actual);
        }
    }

    List<Long> newEntryIds() {
        return newEntryIds;
    }

    boolean changesAnything() {
        return !changedMachineTypes().isEmpty()
                || !changedEntries().isEmpty()
                || !goneMachineTypes().isEmpty()
                || !goneEntries().isEmpty();
    }

    /** Those that are new or other than before. */
    List<MachineType> changedMachineTypes() {
        return machineTypes.values().stream()
                .filter(machineType -> !machineType.equals(before.table().machineType(machineType.name())))
                .toList();
    }

    /** Those that are new or other than before. */
    List<PolicyEntry> changedEntries() {
        Map<Long, PolicyEntry> old = entriesBefore();
        return entries.values().stream()
                .filter(entry -> !entry.equals(old.get(entry.id())))
                .toList();
    }

    /** The names of those that were and no longer are. */
    List<String> goneMachineTypes() {
        return before.machineTypeVersions().keySet().stream()
                .filter(name -> !machineTypes.containsKey(name))
                .sorted()
                .toList();
    }

    /** The ids of those that were and no longer are. */
    List<Long> goneEntries() {
        return before.entryVersions().keySet().stream()
                .filter(id -> !entries.containsKey(id))
                .sorted()
                .toList();
    }

    private Map<Long, PolicyEntry> entriesBefore() {
        Map<Long, PolicyEntry> old = new HashMap<>();
        before.table().allEntries().forEach(entry -> old.put(entry.id(), entry));
        return old;
    }

    /**
     * The tables after the change, if they hold together.
     *
     * @throws MachineTypeInUseException when something inherits from a machine type that the change deletes
     * @throws NoSuchMachineTypeException when an entry was added to a machine type that does not exist
     * @throws PolicyTable.InvalidTableException when the parts do not hold together otherwise
     */
    PolicyTable table() {
        for (String gone : goneMachineTypes()) {
            List<String> heirs = machineTypes.values().stream()
                    .filter(machineType -> Objects.equals(machineType.inheritsFrom(), gone))
                    .map(MachineType::name)
                    .toList();
            if (!heirs.isEmpty()) {
                throw new MachineTypeInUseException(gone, heirs);
            }
        }
        for (long id : newEntryIds) {
            PolicyEntry added = entries.get(id);
            if (added != null && !machineTypes.containsKey(added.machineType())) {
                throw new NoSuchMachineTypeException(added.machineType());
            }
        }
        return PolicyTable.of(machineTypes.values(), entries.values());
    }

    /** The tables after the change as this revision. */
    TableRevision numbered(long number, PolicyTable table) {
        Map<String, Long> machineTypeVersions = new HashMap<>(before.machineTypeVersions());
        goneMachineTypes().forEach(machineTypeVersions::remove);
        changedMachineTypes().forEach(machineType -> machineTypeVersions.put(machineType.name(), number));
        Map<Long, Long> entryVersions = new HashMap<>(before.entryVersions());
        goneEntries().forEach(entryVersions::remove);
        changedEntries().forEach(entry -> entryVersions.put(entry.id(), number));
        return new TableRevision(number, table, machineTypeVersions, entryVersions, highestEntryId);
    }
}
