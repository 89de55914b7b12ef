package org.migreg.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.MachineType;

/**
 * All machine types and entries of one revision: what holds together or does not exist. Immutable.
 *
 * <p>Refused at birth: an unknown parent, a cycle, an entry of an unknown machine type, two entries
 * that say the same.
 */
public final class PolicyTable {

    /** Why a table cannot be: the field concerned and a sentence that says what to correct. */
    public static final class InvalidTableException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;
        private final Reason reason;

        InvalidTableException(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }

    /** What is wrong with a table that is refused. */
    public enum Reason {
        UNKNOWN_PARENT,
        CYCLE,
        UNKNOWN_MACHINE_TYPE,
        DUPLICATE_ENTRY
    }

    private static final PolicyTable EMPTY = new PolicyTable(new LinkedHashMap<>(), new HashMap<>());

    private final SequencedMap<String, MachineType> machineTypes;
    private final Map<String, List<PolicyEntry>> entries;
    private final Map<String, List<String>> chains = new HashMap<>();

    private PolicyTable(SequencedMap<String, MachineType> machineTypes, Map<String, List<PolicyEntry>> entries) {
        this.machineTypes = machineTypes;
        this.entries = entries;
        for (String name : machineTypes.keySet()) {
            chains.put(name, chain(name));
        }
    }

    public static PolicyTable empty() {
        return EMPTY;
    }

    /**
     * @throws InvalidTableException when the parts do not hold together
     */
    public static PolicyTable of(Collection<MachineType> machineTypes, Collection<PolicyEntry> entries) {
        TreeMap<String, MachineType> byName = new TreeMap<>(MachineTypeNames.ORDER);
        for (MachineType machineType : machineTypes) {
            byName.put(machineType.name(), machineType);
        }
        Map<String, List<PolicyEntry>> byMachineType = new HashMap<>();
        for (PolicyEntry entry : entries) {
            if (!byName.containsKey(entry.machineType())) {
                throw new InvalidTableException(
                        Reason.UNKNOWN_MACHINE_TYPE,
                        "entry " + entry.id() + " belongs to machine type " + entry.machineType()
                                + ", which does not exist");
            }
            byMachineType
                    .computeIfAbsent(entry.machineType(), name -> new ArrayList<>())
                    .add(entry);
        }
        byMachineType.replaceAll((name, own) -> {
            own.sort(ENTRY_ORDER);
            refuseDuplicates(own);
            return List.copyOf(own);
        });
        return new PolicyTable(new LinkedHashMap<>(byName), byMachineType);
    }

    private static final java.util.Comparator<PolicyEntry> ENTRY_ORDER = java.util.Comparator.comparing(
                    PolicyEntry::property)
            .thenComparing(PolicyEntry::register)
            .thenComparingLong(PolicyEntry::id);

    /** One register can have thousands of entries, so that comparing each with each would take minutes. */
    private static void refuseDuplicates(List<PolicyEntry> own) {
        Map<EntryIdentity, PolicyEntry> said = new HashMap<>();
        for (PolicyEntry entry : own) {
            PolicyEntry same = said.putIfAbsent(entry.content().identity(), entry);
            if (same != null) {
                throw new InvalidTableException(
                        Reason.DUPLICATE_ENTRY,
                        "machine type " + entry.machineType() + " has entry " + same.id() + " already, which sets "
                                + entry.property() + " for " + entry.register() + " ("
                                + entry.register().name()
                                + ") on the same kernels (" + entry.kernels() + "): change that one instead");
            }
        }
    }

    /** The machine types, older versions first within a family. */
    public Collection<MachineType> machineTypes() {
        return machineTypes.values();
    }

    public @Nullable MachineType machineType(String name) {
        return machineTypes.get(name);
    }

    /** @throws NoSuchMachineTypeException where these tables have none of this name */
    public MachineType require(String name) {
        MachineType machineType = machineTypes.get(name);
        if (machineType == null) {
            throw new NoSuchMachineTypeException(name);
        }
        return machineType;
    }

    /** The machine type's own entries, by property, register and id; empty for an unknown one. */
    public List<PolicyEntry> ownEntries(String machineType) {
        return entries.getOrDefault(machineType, List.of());
    }

    public @Nullable PolicyEntry entry(String machineType, long id) {
        for (PolicyEntry entry : entries.getOrDefault(machineType, List.of())) {
            if (entry.id() == id) {
                return entry;
            }
        }
        return null;
    }

    /** All entries, machine types in their order. */
    public List<PolicyEntry> allEntries() {
        List<PolicyEntry> all = new ArrayList<>();
        for (String name : machineTypes.keySet()) {
            all.addAll(entries.getOrDefault(name, List.of()));
        }
        return all;
    }

    /** The machine type and those it inherits from, itself first; empty for an unknown one. */
    public List<String> inheritanceChain(String machineType) {
        return chains.getOrDefault(machineType, List.of());
    }

    /** The machine type's own entries, then those that it inherits, the nearest first. */
    public List<PolicyEntry> chainEntries(String machineType) {
        return inheritanceChain(machineType).stream()
                .flatMap(level -> ownEntries(level).stream())
                .toList();
    }

    /**
     * The first of the machine type's chain that has entries of its own: all that have the same one have the same
     * entries in all. Null where none has any.
     */
    public @Nullable String nearestWithEntries(String machineType) {
        for (String level : inheritanceChain(machineType)) {
            if (entries.containsKey(level)) {
                return level;
            }
        }
        return null;
    }

    /** The machine types that inherit from this one directly. */
    public List<String> heirs(String machineType) {
        return machineTypes.values().stream()
                .filter(other -> machineType.equals(other.inheritsFrom()))
                .map(MachineType::name)
                .toList();
    }

    private List<String> chain(String name) {
        List<String> chain = new ArrayList<>();
        for (String next = name; next != null; ) {
            if (chain.contains(next)) {
                throw new InvalidTableException(
                        Reason.CYCLE,
                        "the inheritance runs in a circle: " + String.join(" -> ", chain) + " -> " + next
                                + ": the newest machine type must inherit from none");
            }
            MachineType machineType = machineTypes.get(next);
            if (machineType == null) {
                throw new InvalidTableException(
                        Reason.UNKNOWN_PARENT,
                        "machine type " + chain.getLast() + " inherits from " + next
                                + ", which does not exist: make that one first");
            }
            chain.add(next);
            next = machineType.inheritsFrom();
        }
        return List.copyOf(chain);
    }
}
