package org.migreg.policy.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.EntryContent;
import org.migreg.policy.EntryField;
import org.migreg.policy.EntryIdentity;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.change.TableDifference.EntryChange;
import org.migreg.policy.change.TableDifference.MachineTypeChange;
import org.migreg.qemu.MachineType;

/**
 * A change that was made for one table, carried over to another that came of it: a three-way merge,
 * machine types by name and entries by number. A thing that both sides changed alike is no conflict;
 * one that they changed differently is.
 *
 * @param difference from the other table to the merged one; without the conflicting things
 * @param conflicts what cannot be carried over; the change is then not to be made at all
 */
public record TableMerge(TableDifference difference, List<Conflict> conflicts) {

    public TableMerge {
        conflicts = List.copyOf(conflicts);
    }

    /** Something in the tables. */
    public sealed interface Thing {
        record OfMachineType(String name) implements Thing {
            @Override
            public String toString() {
                return "machine type " + name;
            }
        }

        record OfEntry(String machineType, long id) implements Thing {
            @Override
            public String toString() {
                return "entry " + id + " of " + machineType;
            }
        }
    }

    /**
     * Something that the change was made for and that is another by now.
     *
     * @param thing which one; of an entry to add, the one that stands in its place
     * @param wanted what the change wants it to be, in words
     * @param found what is there now, in words
     * @param changed what others have changed, and thereby made this conflict
     */
    public record Conflict(Thing thing, String wanted, String found, Thing changed) {}

    /**
     * @param base what the change was made for
     * @param wanted what the change makes of it
     * @param current what has become of the base
     */
    public static TableMerge of(PolicyTable base, PolicyTable wanted, PolicyTable current) {
        return new Merging(base, wanted, current).merge();
    }

    private static final class Merging {
        private final PolicyTable base;
        private final PolicyTable current;
        private final TableDifference change;
        private final Set<String> deleted = new HashSet<>();
        private final Set<String> put = new HashSet<>();
        private final Set<Long> touched = new HashSet<>();
        private final Map<Long, EntryContent> found = new HashMap<>();
        private final Map<EntryIdentity, PolicyEntry> foundByIdentity = new HashMap<>();
        private final List<MachineTypeChange> machineTypes = new ArrayList<>();
        private final List<EntryChange> entries = new ArrayList<>();
        private final List<Conflict> conflicts = new ArrayList<>();

        Merging(PolicyTable base, PolicyTable wanted, PolicyTable current) {
            this.base = base;
            this.current = current;
            this.change = TableDifference.between(base, wanted);
            for (PolicyEntry entry : current.allEntries()) {
                found.put(entry.id(), entry.content());
                foundByIdentity.put(entry.content().identity(), entry);
            }
        }

        TableMerge merge() {
            for (MachineTypeChange one : change.machineTypes()) {
                (one.after() == null ? deleted : put).add(one.machineType());
            }
            for (EntryChange one : change.entries()) {
                if (one.before() != null) {
                    touched.add(one.id());
                }
            }
            change.machineTypes().forEach(this::machineType);
            change.entries().forEach(this::entry);
            return new TableMerge(new TableDifference(machineTypes, entries), conflicts);
        }

        private void machineType(MachineTypeChange one) {
            MachineType after = one.after();
            MachineType now = current.machineType(one.machineType());
            Thing thing = new Thing.OfMachineType(one.machineType());
            if (Objects.equals(now, after)) {
                return;
            }
            if (!Objects.equals(now, one.before())) {
                conflict(thing, describe(after), describe(now), thing);
            } else if (after == null) {
                deletion(one, thing);
            } else {
                String parent = after.inheritsFrom();
                if (parent != null && current.machineType(parent) == null && !put.contains(parent)) {
                    conflict(
                            thing,
                            describe(after),
                            "machine type " + parent + " is gone",
                            new Thing.OfMachineType(parent));
                } else {
                    machineTypes.add(new MachineTypeChange(one.machineType(), now, after));
                }
            }
        }

        /** A deletion must not take along what its author never saw. */
        private void deletion(MachineTypeChange one, Thing thing) {
            List<Conflict> unseen = new ArrayList<>();
            for (PolicyEntry entry : current.ownEntries(one.machineType())) {
                if (!entry.equals(base.entry(one.machineType(), entry.id()))) {
                    unseen.add(new Conflict(
                            thing,
                            describe((MachineType) null),
                            "it has " + describe(entry.content()),
                            new Thing.OfEntry(one.machineType(), entry.id())));
                }
            }
            for (String heir : current.heirs(one.machineType())) {
                MachineType then = base.machineType(heir);
                if (!deleted.contains(heir)
                        && !put.contains(heir)
                        && (then == null || !one.machineType().equals(then.inheritsFrom()))) {
                    unseen.add(new Conflict(
                            thing,
                            describe((MachineType) null),
                            heir + " inherits from it",
                            new Thing.OfMachineType(heir)));
                }
            }
            if (unseen.isEmpty()) {
                machineTypes.add(one);
            } else {
                conflicts.addAll(unseen);
            }
        }

        private void entry(EntryChange one) {
            EntryContent before = one.before();
            EntryContent after = one.after();
            String machineType = one.machineType();
            if (before == null) {
                addition(one, one.content());
                return;
            }
            EntryContent now = found.get(one.id());
            if (Objects.equals(now, after)) {
                return;
            }
            Thing thing = new Thing.OfEntry(machineType, one.id());
            if (!before.equals(now)) {
                // The conflict of a deleted machine type names what became of its entries.
                if (!deleted.contains(machineType)) {
                    conflict(thing, describe(after), describe(now), thing);
                }
                return;
            }
            PolicyEntry twin = after == null ? null : twin(after);
            if (after != null && twin != null) {
                conflict(thing, describe(after), "another says so: " + describe(twin.content()), thing(twin));
            } else {
                entries.add(one);
            }
        }

        private void addition(EntryChange one, EntryContent after) {
            String machineType = after.machineType();
            Thing place = new Thing.OfMachineType(machineType);
            if (current.machineType(machineType) == null && !put.contains(machineType)) {
                conflict(place, "with a new entry: " + describe(after), describe((MachineType) null), place);
                return;
            }
            PolicyEntry twin = twin(after);
            if (twin == null) {
                entries.add(one);
            } else if (!twin.content().equals(after)) {
                conflict(thing(twin), describe(after), describe(twin.content()), thing(twin));
            }
        }

        /** Another entry that says the same and that this change leaves alone. */
        private @Nullable PolicyEntry twin(EntryContent wanted) {
            PolicyEntry twin = foundByIdentity.get(wanted.identity());
            return twin == null || touched.contains(twin.id()) ? null : twin;
        }

        private void conflict(Thing thing, String wanted, String found, Thing changed) {
            conflicts.add(new Conflict(thing, wanted, found, changed));
        }

        private static Thing thing(PolicyEntry entry) {
            return new Thing.OfEntry(entry.machineType(), entry.id());
        }

        private static String describe(@Nullable MachineType machineType) {
            if (machineType == null) {
                return "not there";
            }
            return machineType.architecture()
                    + (machineType.inheritsFrom() == null
                            ? ", inherits from none"
                            : ", inherits from " + machineType.inheritsFrom())
                    + (machineType.description().isEmpty() ? "" : ", '" + machineType.description() + "'");
        }

        private static String describe(@Nullable EntryContent entry) {
            if (entry == null) {
                return "not there";
            }
            StringBuilder words = new StringBuilder(
                    entry.property() + " for " + entry.register().name() + " on " + entry.kernels());
            for (EntryField field : EntryField.values()) {
                String text = field.text(entry);
                if (!text.isEmpty()) {
                    words.append(
                            switch (field) {
                                case PROPERTY, REGISTER, KERNELS -> "";
                                case CONDITION -> " if " + text;
                                case REFERENCES -> " (" + String.join(", ", entry.references()) + ")";
                                default -> ", '" + text + "'";
                            });
                }
            }
            return words.toString();
        }
    }
}
