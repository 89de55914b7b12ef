package org.migreg.policy.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.EntryContent;
import org.migreg.policy.MachineTypeNames;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.change.TablePlan.FieldChange;
import org.migreg.qemu.MachineType;

/**
 * Where two tables of one registry differ: machine types by name, entries by number.
 *
 * @param machineTypes in their order
 * @param entries by machine type, then by number
 */
public record TableDifference(List<MachineTypeChange> machineTypes, List<EntryChange> entries) {

    public TableDifference {
        machineTypes = List.copyOf(machineTypes);
        entries = List.copyOf(entries);
    }

    /** What became of a thing. */
    public enum Action {
        ADDED,
        CHANGED,
        REMOVED
    }

    /**
     * A machine type that is not the same in both.
     *
     * @param before null where it was not there
     * @param after null where it is no longer there
     */
    public record MachineTypeChange(
            String name,
            @Nullable MachineType before,
            @Nullable MachineType after) {

        public Action action() {
            return TableDifference.action(before, after);
        }

        /** The fields that differ; none unless it was there and still is. */
        public List<FieldChange> fields() {
            List<FieldChange> fields = new ArrayList<>();
            if (before != null && after != null) {
                compare(fields, "architecture", before.architecture(), after.architecture());
                compare(fields, "inheritsFrom", before.inheritsFrom(), after.inheritsFrom());
                compare(fields, "description", before.description(), after.description());
            }
            return fields;
        }

        /** {@code machine type virt-10.2 changed: inheritsFrom from 'virt-11.0' to 'virt-11.1'}. */
        public String sentence() {
            return "machine type " + name + changed(action(), fields());
        }
    }

    /**
     * An entry that is not the same in both.
     *
     * @param before null where it was not there
     * @param after null where it is no longer there
     */
    public record EntryChange(
            long id, @Nullable PolicyEntry before, @Nullable PolicyEntry after) {

        public Action action() {
            return TableDifference.action(before, after);
        }

        /** The entry as it is, or was at last. */
        public PolicyEntry entry() {
            return after == null ? Objects.requireNonNull(before, "one side is there") : after;
        }

        /** The fields that differ; none unless it was there and still is. */
        public List<FieldChange> fields() {
            List<FieldChange> fields = new ArrayList<>();
            if (before != null && after != null) {
                compare(fields, "property", before.property(), after.property());
                compare(fields, "register", before.register(), after.register());
                compare(fields, "kernels", before.kernels(), after.kernels());
                compare(fields, "condition", before.condition(), after.condition());
                compare(fields, "rationale", before.rationale(), after.rationale());
                compare(
                        fields,
                        "references",
                        String.join("\n", before.references()),
                        String.join("\n", after.references()));
            }
            return fields;
        }

        /** {@code entry 7 of virt-10.2 (x-mig-hidden-regs, TCR2_EL1, upstream/>=6.13) removed}. */
        public String sentence() {
            PolicyEntry entry = before == null ? entry() : before;
            return "entry " + id + " of " + entry.machineType() + " (" + entry.property() + ", "
                    + entry.register().name() + ", " + entry.kernels() + ")" + changed(action(), fields());
        }
    }

    /** What must change to make the first table the second. */
    public static TableDifference between(PolicyTable before, PolicyTable after) {
        Set<String> names = new LinkedHashSet<>();
        TreeMap<String, MachineType> ordered = new TreeMap<>(MachineTypeNames.ORDER);
        before.machineTypes().forEach(machineType -> ordered.put(machineType.name(), machineType));
        after.machineTypes().forEach(machineType -> ordered.put(machineType.name(), machineType));
        names.addAll(ordered.keySet());
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
        Map<Long, PolicyEntry> was = byId(before);
        Map<Long, PolicyEntry> is = byId(after);
        TreeMap<Long, EntryChange> changes = new TreeMap<>();
        was.forEach((id, entry) -> {
            if (!entry.equals(is.get(id))) {
                changes.put(id, new EntryChange(id, entry, is.get(id)));
            }
        });
        is.forEach((id, entry) -> {
            if (!was.containsKey(id)) {
                changes.put(id, new EntryChange(id, null, entry));
            }
        });
        return List.copyOf(changes.values());
    }

    private static Map<Long, PolicyEntry> byId(List<PolicyEntry> entries) {
        Map<Long, PolicyEntry> byId = new HashMap<>();
        entries.forEach(entry -> byId.put(entry.id(), entry));
        return byId;
    }

    public boolean isEmpty() {
        return machineTypes.isEmpty() && entries.isEmpty();
    }

    /** How many things were added, changed or removed. */
    public long count(Action action) {
        return machineTypes.stream().filter(change -> change.action() == action).count()
                + entries.stream().filter(change -> change.action() == action).count();
    }

    /** A line for each change. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        machineTypes.forEach(change -> sentences.add(change.sentence()));
        entries.forEach(change -> sentences.add(change.sentence()));
        return sentences;
    }

    /** The difference as edits of the first table: each thing once, in an order in which they can be made. */
    public List<ProposedEdit> toEdits() {
        List<ProposedEdit> edits = new ArrayList<>();
        List<ProposedEdit> last = new ArrayList<>();
        Set<String> deleted = new LinkedHashSet<>();
        for (MachineTypeChange change : machineTypes) {
            if (change.after() == null) {
                deleted.add(change.name());
                last.add(new ProposedEdit.DeleteMachineType(change.name()));
            } else {
                edits.add(new ProposedEdit.PutMachineType(change.after()));
            }
        }
        for (EntryChange change : entries) {
            if (change.after() == null && !deleted.contains(change.entry().machineType())) {
                edits.add(new ProposedEdit.DeleteEntry(change.entry().machineType(), change.id()));
            }
        }
        for (EntryChange change : entries) {
            PolicyEntry after = change.after();
            if (after != null) {
                EntryContent wanted = after.content();
                edits.add(
                        change.before() == null
                                ? new ProposedEdit.AddEntry(wanted)
                                : new ProposedEdit.ReplaceEntry(change.id(), wanted));
            }
        }
        edits.addAll(last);
        return edits;
    }

    private static Action action(@Nullable Object before, @Nullable Object after) {
        return before == null ? Action.ADDED : after == null ? Action.REMOVED : Action.CHANGED;
    }

    private static String changed(Action action, List<FieldChange> fields) {
        StringBuilder text = new StringBuilder(
                switch (action) {
                    case ADDED -> " added";
                    case REMOVED -> " removed";
                    case CHANGED -> " changed";
                });
        String separator = ": ";
        for (FieldChange field : fields) {
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

    private static void compare(
            List<FieldChange> fields, String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            fields.add(new FieldChange(field, Objects.toString(before, ""), Objects.toString(after, "")));
        }
    }
}
