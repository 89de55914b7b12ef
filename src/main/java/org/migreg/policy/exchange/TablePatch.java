package org.migreg.policy.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.RegisterSetting;
import org.migreg.policy.change.ProposedTable;
import org.migreg.qemu.MachineType;

/**
 * What a patch of QEMU's sources changes of tables.
 *
 * @param added entries for every host
 * @param removed what it takes from each machine type
 * @param parents from which machine types those inherit that the patch adds, as far as it says
 * @param remarks what a person should know of the reading, a sentence each
 */
public record TablePatch(
        List<EntryContent> added,
        Map<String, Set<RegisterSetting>> removed,
        Map<String, String> parents,
        List<String> remarks) {

    public TablePatch {
        added = List.copyOf(added);
        removed = Map.copyOf(removed);
        parents = Map.copyOf(parents);
        remarks = List.copyOf(remarks);
    }

    public Set<String> machineTypes() {
        Set<String> machineTypes = new LinkedHashSet<>();
        added.forEach(entry -> machineTypes.add(entry.machineType()));
        removed.keySet().stream().sorted().forEach(machineTypes::add);
        return machineTypes;
    }

    /**
     * The machine types of the patch with all of their own entries as they are after it. What is added and there already
     * stays as it is, and so does what is inherited.
     */
    public TableImport.Completed completedFrom(PolicyTable current) {
        List<String> said = new ArrayList<>(remarks);
        List<MachineType> types = new ArrayList<>();
        List<EntryContent> entries = new ArrayList<>();
        for (String name : machineTypes()) {
            MachineType known = current.machineType(name);
            if (known == null) {
                String parent = parents.get(name);
                said.add(name + " is not in this registry, and is made, "
                        + (parent == null ? "inheriting from none" : "inheriting from " + parent));
                known = new MachineType(name, "aarch64", parent, "");
            }
            types.add(known);
            Set<RegisterSetting> gone = removed.getOrDefault(name, Set.of());
            Set<RegisterSetting> there = new HashSet<>();
            for (PolicyEntry entry : current.ownEntries(name)) {
                there.add(entry.content().setting());
                if (!gone.contains(entry.content().setting())) {
                    entries.add(entry.content());
                }
            }
            Map<RegisterSetting, String> inherited = inherited(known, current);
            gone.stream()
                    .filter(setting -> !there.contains(setting))
                    .sorted()
                    .forEach(setting -> said.add(
                            name + " has no entry of its own for " + named(setting) + ", which the patch removes"
                                    + (inherited.containsKey(setting)
                                            ? ": it inherits it from " + inherited.get(setting)
                                            : "")));
            for (EntryContent entry : added) {
                RegisterSetting setting = entry.setting();
                if (!entry.machineType().equals(name)) {
                    continue;
                }
                if (there.contains(setting) && !gone.contains(setting)) {
                    said.add(name + " has its entry for " + named(setting) + " already, which stays as it is");
                } else if (inherited.containsKey(setting)) {
                    said.add(name + " inherits " + named(setting) + " from " + inherited.get(setting)
                            + ", so it needs no entry of its own");
                } else {
                    entries.add(entry);
                }
            }
        }
        return new TableImport.Completed(new ProposedTable(ProposedTable.Covers.MACHINE_TYPES, types, entries), said);
    }

    /** What the ancestors still set after the patch, and which of them. */
    private Map<RegisterSetting, String> inherited(MachineType machineType, PolicyTable current) {
        Map<RegisterSetting, String> inherited = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>(Set.of(machineType.name()));
        String next = machineType.inheritsFrom();
        while (next != null && seen.add(next)) {
            String ancestor = next;
            Set<RegisterSetting> gone = removed.getOrDefault(ancestor, Set.of());
            current.ownEntries(ancestor).stream()
                    .map(entry -> entry.content().setting())
                    .filter(setting -> !gone.contains(setting))
                    .forEach(setting -> inherited.putIfAbsent(setting, ancestor));
            added.stream()
                    .filter(entry -> entry.machineType().equals(ancestor))
                    .forEach(entry -> inherited.putIfAbsent(entry.setting(), ancestor));
            MachineType found = current.machineType(ancestor);
            next = found == null ? parents.get(ancestor) : found.inheritsFrom();
        }
        return inherited;
    }

    private static String named(RegisterSetting setting) {
        return setting.property() + " for " + setting.register().name() + " (" + setting.register() + ")";
    }
}
