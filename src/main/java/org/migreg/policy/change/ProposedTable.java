package org.migreg.policy.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.migreg.policy.EntryContent;
import org.migreg.policy.MachineTypeNames;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.MachineType;

/**
 * Machine types and their entries as somebody wants them to be: the content of a table file, or what
 * was read from QEMU's own forms. Always in one order: machine types as people count, entries by
 * property, register, kernels and condition. A machine type's parent may stand elsewhere.
 *
 * @param covers what a thing's absence means when the table is applied with pruning
 * @param machineTypes each name once
 * @param entries entries of these machine types, none saying the same as another
 */
public record ProposedTable(Covers covers, List<MachineType> machineTypes, List<EntryContent> entries) {

    /** How much of a registry the table speaks of. */
    public enum Covers {
        /** Everything: a machine type that is absent is not wanted. */
        REGISTRY("registry"),
        /** The machine types that it names: nothing is said of others. */
        MACHINE_TYPES("machineTypes");

        private final String text;

        Covers(String text) {
            this.text = text;
        }

        /**
         * @throws IllegalArgumentException naming the two
         */
        public static Covers parse(String text) {
            for (Covers covers : values()) {
                if (covers.text.equals(text)) {
                    return covers;
                }
            }
            throw new IllegalArgumentException(
                    "'" + text + "' is not what a table covers: write registry or machineTypes");
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final Comparator<EntryContent> ENTRY_ORDER = Comparator.comparing(
                    EntryContent::machineType, MachineTypeNames.ORDER)
            .thenComparing(EntryContent::property)
            .thenComparing(EntryContent::register)
            .thenComparing(entry -> entry.kernels().toString())
            .thenComparing(entry -> String.valueOf(entry.condition()));

    public ProposedTable {
        TreeMap<String, MachineType> byName = new TreeMap<>(MachineTypeNames.ORDER);
        for (MachineType machineType : machineTypes) {
            if (byName.put(machineType.name(), machineType) != null) {
                throw new IllegalArgumentException(
                        "machine type " + machineType.name() + " stands here twice: merge the two");
            }
        }
        machineTypes = List.copyOf(byName.values());
        List<EntryContent> sorted = new ArrayList<>(entries);
        sorted.sort(ENTRY_ORDER);
        for (int i = 0; i < sorted.size(); i++) {
            EntryContent entry = sorted.get(i);
            if (!byName.containsKey(entry.machineType())) {
                throw new IllegalArgumentException("an entry belongs to machine type " + entry.machineType()
                        + ", which is not among the table's: add it");
            }
            if (i > 0 && sorted.get(i - 1).identity().equals(entry.identity())) {
                throw new IllegalArgumentException("machine type " + entry.machineType() + " sets " + entry.property()
                        + " for " + entry.register() + " (" + entry.register().name() + ") on the kernels "
                        + entry.kernels() + " twice: leave one out");
            }
        }
        entries = List.copyOf(sorted);
    }

    /** The whole registry. */
    public static ProposedTable of(PolicyTable table) {
        return new ProposedTable(
                Covers.REGISTRY,
                List.copyOf(table.machineTypes()),
                table.allEntries().stream().map(PolicyEntry::content).toList());
    }

    /**
     * One machine type with its own entries.
     *
     * @throws IllegalArgumentException if the table has no such machine type
     */
    public static ProposedTable of(PolicyTable table, String machineType) {
        MachineType found = table.machineType(machineType);
        if (found == null) {
            throw new IllegalArgumentException("there is no machine type " + machineType);
        }
        return new ProposedTable(
                Covers.MACHINE_TYPES,
                List.of(found),
                table.ownEntries(machineType).stream().map(PolicyEntry::content).toList());
    }

    /** The machine type's own entries, in order. */
    public List<EntryContent> entriesOf(String machineType) {
        return entries.stream()
                .filter(entry -> entry.machineType().equals(machineType))
                .toList();
    }

    /** The names of the machine types. */
    public Set<String> machineTypeNames() {
        Set<String> names = new HashSet<>();
        machineTypes.forEach(machineType -> names.add(machineType.name()));
        return names;
    }
}
