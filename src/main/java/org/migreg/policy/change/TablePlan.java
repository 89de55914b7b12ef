package org.migreg.policy.change;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.MachineTypeNames;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.ValueCondition;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;

/**
 * What must happen to a table so that it becomes the wanted one: a list of changes, each of which is
 * one edit, and what stays as it is.
 *
 * <p>An entry is the same entry if machine type, property, register, kernels and condition are equal;
 * then a new rationale or new references change it. An entry with other kernels or another condition
 * is a change too where both sides have exactly one entry of that machine type, property and register;
 * else which became which cannot be known, and the old one is removed and the new one added.
 *
 * @param changes in the order in which they can be made: machine types added (parents first) and
 *     changed, entries removed, changed and added, machine types removed (heirs first)
 * @param kept what is in the table already, or is in the table alone and not pruned
 */
public record TablePlan(List<Change> changes, List<Kept> kept) {

    public TablePlan {
        changes = List.copyOf(changes);
        kept = List.copyOf(kept);
    }

    /** One edit. */
    public sealed interface Change {
        /** The machine type concerned. */
        String machineType();
    }

    public record MachineTypeAdded(MachineType after) implements Change {
        @Override
        public String machineType() {
            return after.name();
        }
    }

    public record MachineTypeChanged(MachineType before, MachineType after, List<FieldChange> fields)
            implements Change {
        public MachineTypeChanged {
            fields = List.copyOf(fields);
        }

        @Override
        public String machineType() {
            return after.name();
        }
    }

    public record MachineTypeRemoved(MachineType before) implements Change {
        @Override
        public String machineType() {
            return before.name();
        }
    }

    public record EntryAdded(EntryContent after) implements Change {
        @Override
        public String machineType() {
            return after.machineType();
        }
    }

    /** @param after what the entry says from then on, under its old number */
    public record EntryChanged(PolicyEntry before, EntryContent after, List<FieldChange> fields) implements Change {
        public EntryChanged {
            fields = List.copyOf(fields);
        }

        @Override
        public String machineType() {
            return after.machineType();
        }
    }

    public record EntryRemoved(PolicyEntry before) implements Change {
        @Override
        public String machineType() {
            return before.machineType();
        }
    }

    /** A field's text before and after; empty where the field was or becomes empty. */
    public record FieldChange(String field, String before, String after) {}

    /** What stays. */
    public sealed interface Kept {
        /** False for what the wanted table does not have: pruning would remove it. */
        boolean isWanted();
    }

    public record MachineTypeKept(MachineType machineType, boolean isWanted) implements Kept {}

    public record EntryKept(PolicyEntry entry, boolean isWanted) implements Kept {}

    /** How many of each, machine types and entries together. */
    public record Counts(int added, int changed, int removed, int kept) {}

    /** Whether nothing would change. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public Counts counts() {
        int added = 0;
        int changed = 0;
        int removed = 0;
        for (Change change : changes) {
            switch (change) {
                case MachineTypeAdded _, EntryAdded _ -> added++;
                case MachineTypeChanged _, EntryChanged _ -> changed++;
                case MachineTypeRemoved _, EntryRemoved _ -> removed++;
            }
        }
        return new Counts(added, changed, removed, kept.size());
    }

    /** The changes as edits, in their order. */
    public List<ProposedEdit> toEdits() {
        List<ProposedEdit> edits = new ArrayList<>();
        for (Change change : changes) {
            edits.add(
                    switch (change) {
                        case MachineTypeAdded(MachineType after) -> new ProposedEdit.PutMachineType(after);
                        case MachineTypeChanged(var _, MachineType after, var _) ->
                            new ProposedEdit.PutMachineType(after);
                        case MachineTypeRemoved(MachineType before) ->
                            new ProposedEdit.DeleteMachineType(before.name());
                        case EntryAdded(EntryContent after) -> new ProposedEdit.AddEntry(after);
                        case EntryChanged(PolicyEntry before, EntryContent after, var _) ->
                            new ProposedEdit.ReplaceEntry(before.id(), after);
                        case EntryRemoved(PolicyEntry before) ->
                            new ProposedEdit.DeleteEntry(before.machineType(), before.id());
                    });
        }
        return edits;
    }

    /**
     * The plan from the current table to the wanted one.
     *
     * @param prune whether to remove what the wanted table covers and does not have
     */
    public static TablePlan between(PolicyTable current, ProposedTable wanted, boolean prune) {
        return new Planning(current, wanted, prune).plan();
    }

    /**
     * The table after the changes.
     *
     * @param nextId numbers for entries that are added, never used before
     * @throws PolicyTable.InvalidTableException if the result does not hold together, such as when an
     *     heir of a removed machine type stays
     * @throws IllegalStateException if the plan was made for another table
     */
    public PolicyTable applyTo(PolicyTable current, LongSupplier nextId) {
        Map<String, MachineType> machineTypes = new LinkedHashMap<>();
        current.machineTypes().forEach(machineType -> machineTypes.put(machineType.name(), machineType));
        Map<Long, PolicyEntry> entries = new LinkedHashMap<>();
        current.allEntries().forEach(entry -> entries.put(entry.id(), entry));
        for (Change change : changes) {
            switch (change) {
                case MachineTypeAdded(MachineType after) ->
                    requireSame(null, machineTypes.put(after.name(), after), after.name());
                case MachineTypeChanged(MachineType before, MachineType after, var _) ->
                    requireSame(before, machineTypes.put(after.name(), after), after.name());
                case MachineTypeRemoved(MachineType before) ->
                    requireSame(before, machineTypes.remove(before.name()), before.name());
                case EntryRemoved(PolicyEntry before) ->
                    requireSame(before, entries.remove(before.id()), "entry " + before.id());
                case EntryChanged(PolicyEntry before, EntryContent after, var _) ->
                    requireSame(
                            before,
                            entries.put(before.id(), new PolicyEntry(before.id(), after)),
                            "entry " + before.id());
                case EntryAdded(EntryContent after) -> {
                    PolicyEntry added = new PolicyEntry(nextId.getAsLong(), after);
                    requireSame(null, entries.put(added.id(), added), "entry " + added.id());
                }
            }
        }
        return PolicyTable.of(machineTypes.values(), entries.values());
    }

    private static void requireSame(@Nullable Object expected, @Nullable Object found, String what) {
        if (!Objects.equals(expected, found)) {
            throw new IllegalStateException("the plan was made for another table: " + what + " is "
                    + (found == null ? "not there" : "another there"));
        }
    }

    private record Slot(String machineType, CompatProperty property, RegisterId register) {
        static Slot of(EntryContent entry) {
            return new Slot(entry.machineType(), entry.property(), entry.register());
        }

        static Slot of(PolicyEntry entry) {
            return new Slot(entry.machineType(), entry.property(), entry.register());
        }
    }

    /** What an entry of one slot says. */
    private record Saying(KernelRange kernels, @Nullable ValueCondition condition) {}

    private static final class Planning {
        private final PolicyTable current;
        private final ProposedTable wanted;
        private final boolean prune;
        private final Set<String> wantedNames;
        private final List<Change> machineTypesAdded = new ArrayList<>();
        private final List<Change> machineTypesChanged = new ArrayList<>();
        private final List<Change> machineTypesRemoved = new ArrayList<>();
        private final List<Change> removed = new ArrayList<>();
        private final List<Change> changed = new ArrayList<>();
        private final List<Change> added = new ArrayList<>();
        private final List<Kept> kept = new ArrayList<>();

        Planning(PolicyTable current, ProposedTable wanted, boolean prune) {
            this.current = current;
            this.wanted = wanted;
            this.prune = prune;
            this.wantedNames = wanted.machineTypeNames();
        }

        TablePlan plan() {
            machineTypes();
            entries();
            List<Change> changes = new ArrayList<>(machineTypesAdded);
            changes.addAll(machineTypesChanged);
            changes.addAll(removed);
            changes.addAll(changed);
            changes.addAll(added);
            changes.addAll(machineTypesRemoved);
            return new TablePlan(changes, kept);
        }

        private boolean isPruned(String machineType) {
            return prune && (wanted.covers() == ProposedTable.Covers.REGISTRY || wantedNames.contains(machineType));
        }

        private void machineTypes() {
            for (MachineType after : parentsFirst(wanted.machineTypes())) {
                MachineType before = current.machineType(after.name());
                if (before == null) {
                    machineTypesAdded.add(new MachineTypeAdded(after));
                } else if (before.equals(after)) {
                    kept.add(new MachineTypeKept(before, true));
                } else {
                    machineTypesChanged.add(new MachineTypeChanged(before, after, differences(before, after)));
                }
            }
            for (MachineType before :
                    parentsFirst(List.copyOf(current.machineTypes())).reversed()) {
                if (wantedNames.contains(before.name())) {
                    continue;
                }
                if (isPruned(before.name())) {
                    machineTypesRemoved.add(new MachineTypeRemoved(before));
                } else {
                    kept.add(new MachineTypeKept(before, false));
                }
            }
        }

        private void entries() {
            Map<Slot, List<PolicyEntry>> before = new LinkedHashMap<>();
            for (PolicyEntry entry : current.allEntries()) {
                before.computeIfAbsent(Slot.of(entry), slot -> new ArrayList<>())
                        .add(entry);
            }
            Map<Slot, List<EntryContent>> after = new LinkedHashMap<>();
            for (EntryContent entry : wanted.entries()) {
                after.computeIfAbsent(Slot.of(entry), slot -> new ArrayList<>()).add(entry);
            }
            Set<Slot> slots = new HashSet<>(before.keySet());
            slots.addAll(after.keySet());
            List<Slot> ordered = new ArrayList<>(slots);
            ordered.sort(Comparator.comparing(Slot::machineType, MachineTypeNames.ORDER)
                    .thenComparing(Slot::property)
                    .thenComparing(Slot::register));
            for (Slot slot : ordered) {
                slot(before.getOrDefault(slot, List.of()), after.getOrDefault(slot, List.of()));
            }
        }

        private void slot(List<PolicyEntry> before, List<EntryContent> after) {
            if (before.size() == 1 && after.size() == 1) {
                pair(before.getFirst(), after.getFirst());
                return;
            }
            Map<Saying, EntryContent> unmatched = new LinkedHashMap<>();
            after.forEach(entry -> unmatched.put(new Saying(entry.kernels(), entry.condition()), entry));
            for (PolicyEntry entry : before) {
                EntryContent same = unmatched.remove(new Saying(entry.kernels(), entry.condition()));
                if (same != null) {
                    pair(entry, same);
                } else if (isPruned(entry.machineType())) {
                    removed.add(new EntryRemoved(entry));
                } else {
                    kept.add(new EntryKept(entry, false));
                }
            }
            unmatched.values().forEach(entry -> added.add(new EntryAdded(entry)));
        }

        private void pair(PolicyEntry before, EntryContent after) {
            List<FieldChange> fields = differences(before, after);
            if (fields.isEmpty()) {
                kept.add(new EntryKept(before, true));
            } else {
                changed.add(new EntryChanged(before, after, fields));
            }
        }

        private static List<FieldChange> differences(MachineType before, MachineType after) {
            List<FieldChange> fields = new ArrayList<>();
            compare(fields, "architecture", before.architecture(), after.architecture());
            compare(
                    fields,
                    "inheritsFrom",
                    Objects.toString(before.inheritsFrom(), ""),
                    Objects.toString(after.inheritsFrom(), ""));
            compare(fields, "description", before.description(), after.description());
            return fields;
        }

        private static List<FieldChange> differences(PolicyEntry before, EntryContent after) {
            List<FieldChange> fields = new ArrayList<>();
            compare(
                    fields,
                    "kernels",
                    before.kernels().toString(),
                    after.kernels().toString());
            compare(
                    fields,
                    "condition",
                    Objects.toString(before.condition(), ""),
                    Objects.toString(after.condition(), ""));
            compare(fields, "rationale", before.rationale(), after.rationale());
            compare(
                    fields,
                    "references",
                    String.join("\n", before.references()),
                    String.join("\n", after.references()));
            return fields;
        }

        private static void compare(List<FieldChange> fields, String field, String before, String after) {
            if (!before.equals(after)) {
                fields.add(new FieldChange(field, before, after));
            }
        }

        /** Machine types of a circle come last, in their order; applying the plan names the circle. */
        private static List<MachineType> parentsFirst(Collection<MachineType> machineTypes) {
            Map<String, MachineType> byName = new LinkedHashMap<>();
            machineTypes.forEach(machineType -> byName.put(machineType.name(), machineType));
            Map<String, Integer> depths = new HashMap<>();
            for (MachineType machineType : machineTypes) {
                int depth = 0;
                String parent = machineType.inheritsFrom();
                while (parent != null && byName.containsKey(parent) && depth <= byName.size()) {
                    depth++;
                    parent = Objects.requireNonNull(byName.get(parent)).inheritsFrom();
                }
                depths.put(machineType.name(), depth);
            }
            List<MachineType> sorted = new ArrayList<>(machineTypes);
            sorted.sort(Comparator.comparing(machineType -> depths.getOrDefault(machineType.name(), 0)));
            return sorted;
        }
    }
}
