package org.migreg.policy.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.RegisterSetting;
import org.migreg.policy.change.ProposedTable;
import org.migreg.qemu.MachineType;

/**
 * What was read from one of QEMU's own forms. They know no host kernels, conditions and references, so
 * every entry is for every host.
 *
 * @param parentsUnknown machine types of which the text does not say from which they inherit; they are
 *     given without a parent
 * @param complete machine types of which the text holds all that they set, what they inherit among it
 * @param remarks what a person should know of the reading, a sentence each
 */
public record TableImport(ProposedTable table, Set<String> parentsUnknown, Set<String> complete, List<String> remarks) {

    public TableImport {
        parentsUnknown = Set.copyOf(parentsUnknown);
        complete = Set.copyOf(complete);
        remarks = List.copyOf(remarks);
    }

    /**
     * An import as it is to be held against a table.
     *
     * @param remarks those of the reading, and what was taken from the table
     */
    public record Completed(ProposedTable table, List<String> remarks) {
        public Completed {
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * The table, with what the text does not say taken from the current one: a machine type's architecture, description
     * and, where the text ends, parent; and all that the current entries for the same machine type, property and register
     * say. So what is there already stays as it is. Of a machine type that is complete, what it inherits makes no entry of
     * its own.
     */
    public Completed completedFrom(PolicyTable current) {
        return new Completion(current).completed();
    }

    private final class Completion {
        private final PolicyTable current;
        private final List<String> said = new ArrayList<>(remarks);
        private final Map<String, MachineType> machineTypes = new HashMap<>();
        private final Map<String, Map<RegisterSetting, List<EntryContent>>> kept = new HashMap<>();
        private long existing;

        Completion(PolicyTable current) {
            this.current = current;
        }

        Completed completed() {
            table.machineTypes().forEach(read -> machineTypes.put(read.name(), completed(read)));
            // Parents before heirs, since what a parent keeps is what its heirs inherit.
            for (MachineType machineType : table.machineTypes()) {
                entriesOf(machineType.name());
            }
            List<EntryContent> entries = new ArrayList<>();
            kept.values().forEach(settings -> settings.values().forEach(entries::addAll));
            if (existing > 0) {
                said.add((existing == 1 ? "1 register has its entry" : existing + " registers have their entries")
                        + " already, which stay as they are, with their host kernels, conditions, rationales and"
                        + " references");
            }
            return new Completed(new ProposedTable(table.covers(), List.copyOf(machineTypes.values()), entries), said);
        }

        private MachineType completed(MachineType read) {
            MachineType known = current.machineType(read.name());
            if (known == null) {
                return read;
            }
            String parent = read.inheritsFrom();
            if (parent == null) {
                parent = known.inheritsFrom();
                if (parent != null && !parentsUnknown.contains(read.name())) {
                    said.add("the text knows no machine type newer than " + read.name() + ", which inherits from "
                            + parent + " here and goes on doing so");
                }
            }
            return new MachineType(read.name(), known.architecture(), parent, known.description());
        }

        /** The machine types from which it inherits, the nearest first. */
        private Set<String> ancestors(String name) {
            Set<String> ancestors = new LinkedHashSet<>();
            String next = parent(name);
            while (next != null && !next.equals(name) && ancestors.add(next)) {
                next = parent(next);
            }
            return ancestors;
        }

        private @Nullable String parent(String name) {
            MachineType machineType = machineTypes.get(name);
            if (machineType == null) {
                machineType = current.machineType(name);
            }
            return machineType == null ? null : machineType.inheritsFrom();
        }

        private void entriesOf(String name) {
            if (kept.containsKey(name)) {
                return;
            }
            // Marked before its ancestors are looked at: a circle is refused later, with its name.
            Map<RegisterSetting, List<EntryContent>> own = new HashMap<>();
            kept.put(name, own);
            Map<RegisterSetting, String> inherited = new HashMap<>();
            if (complete.contains(name)) {
                for (String ancestor : ancestors(name)) {
                    if (machineTypes.containsKey(ancestor)) {
                        entriesOf(ancestor);
                        Objects.requireNonNull(kept.get(ancestor), "just made")
                                .keySet()
                                .forEach(setting -> inherited.putIfAbsent(setting, ancestor));
                    }
                    for (PolicyEntry entry : current.ownEntries(ancestor)) {
                        inherited.putIfAbsent(entry.content().setting(), ancestor);
                    }
                }
            }
            Map<RegisterSetting, List<EntryContent>> there = new HashMap<>();
            for (PolicyEntry entry : current.ownEntries(name)) {
                there.computeIfAbsent(entry.content().setting(), setting -> new ArrayList<>())
                        .add(entry.content());
            }
            Set<RegisterSetting> read = new HashSet<>();
            for (EntryContent entry : table.entriesOf(name)) {
                RegisterSetting setting = entry.setting();
                read.add(setting);
                List<EntryContent> known = there.get(setting);
                if (known != null) {
                    existing++;
                    own.put(setting, known);
                } else if (!inherited.containsKey(setting)) {
                    own.computeIfAbsent(setting, first -> new ArrayList<>()).add(entry);
                }
            }
            inherited.keySet().stream()
                    .filter(setting -> !read.contains(setting))
                    .sorted()
                    .forEach(setting -> said.add(name + " inherits " + setting.property() + " for "
                            + setting.register().name() + " (" + setting.register() + ") from " + inherited.get(setting)
                            + ", which the text does not set: it stays, since an heir cannot take an entry back"));
        }
    }
}
