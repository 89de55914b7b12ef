package org.migreg.policy.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Change.Action;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.EntryContent;
import org.migreg.policy.EntryField;
import org.migreg.policy.MachineTypeField;
import org.migreg.policy.MachineTypeNames;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.TableRevision;
import org.migreg.qemu.MachineType;

/**
 * Where two tables of one registry differ: machine types by name, entries by number. Every comparison of tables is one of
 * these.
 *
 * @param machineTypes in their order
 * @param entries by machine type, then by number
 */
public record TableDifference(List<MachineTypeChange> machineTypes, List<EntryChange> entries) {

    public TableDifference {
        machineTypes = List.copyOf(machineTypes);
        entries = List.copyOf(entries);
    }

    /** A field's text before and after; empty where the field was or becomes empty. */
    public record FieldChange(String field, String before, String after) {}

    /** A thing that is not the same in both. */
    public sealed interface Change {
        /** The machine type concerned. */
        String machineType();

        Action action();

        /** The fields that differ; none unless it was there and still is. */
        List<FieldChange> fields();

        /** One line for a person. */
        String sentence();

        /** The edit that makes it. */
        TableEdit edit();
    }

    /**
     * A machine type that is not the same in both.
     *
     * @param before null where it was not there
     * @param after null where it is no longer there
     */
    public record MachineTypeChange(
            String machineType,
            @Nullable MachineType before,
            @Nullable MachineType after) implements Change {

        @Override
        public Action action() {
            return Action.of(before, after);
        }

        @Override
        public List<FieldChange> fields() {
            List<FieldChange> changes = new ArrayList<>();
            if (before != null && after != null) {
                for (MachineTypeField field : MachineTypeField.values()) {
                    compare(changes, field.toString(), field.text(before), field.text(after));
                }
            }
            return changes;
        }

        /** {@code machine type virt-10.2 changed: inheritsFrom from 'virt-11.0' to 'virt-11.1'}. */
        @Override
        public String sentence() {
            return "machine type " + machineType + changed(this);
        }

        @Override
        public TableEdit edit() {
            return after == null ? new TableEdit.DeleteMachineType(machineType) : new TableEdit.PutMachineType(after);
        }
    }

    /**
     * An entry that is not the same in both.
     *
     * @param id {@value #NOT_YET_STORED} for one that gets its number when it is stored
     * @param before null where it was not there
     * @param after null where it is no longer there
     */
    public record EntryChange(
            long id,
            @Nullable EntryContent before,
            @Nullable EntryContent after) implements Change {

        /** The number of an entry that has none yet. */
        public static final long NOT_YET_STORED = 0;

        @Override
        public String machineType() {
            return content().machineType();
        }

        @Override
        public Action action() {
            return Action.of(before, after);
        }

        /** The entry as it is, or was at last. */
        public EntryContent content() {
            return after == null ? Objects.requireNonNull(before, "one side is there") : after;
        }

        @Override
        public List<FieldChange> fields() {
            List<FieldChange> changes = new ArrayList<>();
            if (before != null && after != null) {
                for (EntryField field : EntryField.values()) {
                    compare(changes, field.toString(), field.text(before), field.text(after));
                }
            }
            return changes;
        }

        /** {@code entry 7 of virt-10.2 (x-mig-hidden-regs, TCR2_EL1, upstream/>=6.13) removed}. */
        @Override
        public String sentence() {
            EntryContent entry = before == null ? content() : before;
            return "entry " + id + " of " + entry.machineType() + " (" + entry.property() + ", "
                    + entry.register().name() + ", " + entry.kernels() + ")" + changed(this);
        }

        @Override
        public TableEdit edit() {
            if (after == null) {
                return new TableEdit.DeleteEntry(machineType(), id);
            }
            return before == null ? new TableEdit.AddEntry(after) : new TableEdit.ReplaceEntry(id, after);
        }
    }

    /** What must change to make the first table the second. */
    public static TableDifference between(PolicyTable before, PolicyTable after) {
        TreeSet<String> names = new TreeSet<>(MachineTypeNames.ORDER);
        before.machineTypes().forEach(machineType -> names.add(machineType.name()));
        after.machineTypes().forEach(machineType -> names.add(machineType.name()));
        List<MachineTypeChange> machineTypes = new ArrayList<>();
        List<EntryChange> entries = new ArrayList<>();
        for (String name : names) {
            MachineType was = before.machineType(name);
            MachineType is = after.machineType(name);
            if (!Objects.equals(was, is)) {
                machineTypes.add(new MachineTypeChange(name, was, is));
            }
            entries.addAll(entriesOf(before.ownEntries(name), after.ownEntries(name)));
        }
        return new TableDifference(machineTypes, entries);
    }

    private static List<EntryChange> entriesOf(List<PolicyEntry> before, List<PolicyEntry> after) {
        Map<Long, EntryContent> is = new HashMap<>();
        after.forEach(entry -> is.put(entry.id(), entry.content()));
        TreeMap<Long, EntryChange> changes = new TreeMap<>();
        for (PolicyEntry was : before) {
            EntryContent now = is.remove(was.id());
            if (!was.content().equals(now)) {
                changes.put(was.id(), new EntryChange(was.id(), was.content(), now));
            }
        }
        is.forEach((id, content) -> changes.put(id, new EntryChange(id, null, content)));
        return List.copyOf(changes.values());
    }

    public boolean isEmpty() {
        return machineTypes.isEmpty() && entries.isEmpty();
    }

    /** How many things were added, changed or removed. */
    public long count(Action action) {
        return Stream.<Change>concat(machineTypes.stream(), entries.stream())
                .filter(change -> change.action() == action)
                .count();
    }

    /** A line for each change. */
    public List<String> sentences() {
        return Stream.<Change>concat(machineTypes.stream(), entries.stream())
                .map(Change::sentence)
                .toList();
    }

    /** The changes in an order in which they can be made. */
    public List<Change> inOrder() {
        List<Change> changes = new ArrayList<>();
        machineTypes.stream().filter(change -> change.after() != null).forEach(changes::add);
        entries.stream().filter(change -> change.after() == null).forEach(changes::add);
        entries.stream().filter(change -> change.after() != null).forEach(changes::add);
        machineTypes.stream().filter(change -> change.after() == null).forEach(changes::add);
        return changes;
    }

    /** The difference as edits of the first table: each thing once, in an order in which they can be made. */
    public List<TableEdit> toEdits() {
        Set<String> deleted = new HashSet<>();
        machineTypes.stream()
                .filter(change -> change.after() == null)
                .forEach(change -> deleted.add(change.machineType()));
        return inOrder().stream()
                // The entries of a machine type are deleted with it.
                .filter(change -> !(change instanceof EntryChange && deleted.contains(change.machineType())))
                .map(Change::edit)
                .toList();
    }

    /** The same, each under the version that its thing has in these tables, which are to be the first table's. */
    public List<VersionedEdit> toEdits(TableRevision tables) {
        return inOrder().stream()
                .map(change -> change.edit()
                        .expecting(
                                switch (change) {
                                    case MachineTypeChange(var name, var before, var _) ->
                                        before == null
                                                ? ExpectedVersion.absent()
                                                : ExpectedVersion.of(tables.versionOf(name));
                                    case EntryChange(var id, var before, var _) ->
                                        before == null
                                                ? ExpectedVersion.absent()
                                                : ExpectedVersion.of(tables.versionOfEntry(id));
                                }))
                .toList();
    }

    private static String changed(Change change) {
        StringBuilder text = new StringBuilder(" ").append(change.action().word());
        String separator = ": ";
        for (FieldChange field : change.fields()) {
            text.append(separator)
                    .append(field.field())
                    .append(" from '")
                    .append(field.before())
                    .append("' to '")
                    .append(field.after())
                    .append('\'');
            separator = "; ";
        }
        return text.toString();
    }

    private static void compare(List<FieldChange> changes, String field, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new FieldChange(field, before, after));
        }
    }
}
