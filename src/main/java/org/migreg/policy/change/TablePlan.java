package org.migreg.policy.change;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.EntryContent;
import org.migreg.policy.EntryIdentity;
import org.migreg.policy.MachineTypeNames;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.RegisterSetting;
import org.migreg.policy.change.TableDifference.EntryChange;
import org.migreg.policy.change.TableDifference.MachineTypeChange;
import org.migreg.qemu.MachineType;

/**
 * What must happen to a table so that it becomes the wanted one, and what stays as it is.
 *
 * <p>An entry is the same entry if machine type, property, register, kernels and condition are equal;
 * then a new rationale or new references change it. An entry with other kernels or another condition
 * is a change too where both sides have exactly one entry of that machine type, property and register;
 * else which became which cannot be known, and the old one is removed and the new one added.
 *
 * @param difference machine types added (parents first), changed and removed (heirs first); entries removed, changed
 *     and added
 * @param kept what is in the table already, or only in the table and not pruned
 */
public record TablePlan(TableDifference difference, List<Kept> kept) {

    public TablePlan {
        kept = List.copyOf(kept);
    }

    /**
     * What stays.
     *
     * @param entry null for the machine type itself
     * @param isWanted false for what the wanted table does not have: pruning would remove it
     */
    public record Kept(String machineType, @Nullable PolicyEntry entry, boolean isWanted) {}

    /**
     * The plan from the current table to the wanted one.
     *
     * @param prune whether to remove what the wanted table covers and does not have
     */
    public static TablePlan between(PolicyTable current, ProposedTable wanted, boolean prune) {
        return new Planning(current, wanted, prune).plan();
    }

    private static final class Planning {
        private final PolicyTable current;
        private final ProposedTable wanted;
        private final boolean prune;
        private final Set<String> wantedNames;
        private final List<MachineTypeChange> machineTypes = new ArrayList<>();
        private final List<EntryChange> entries = new ArrayList<>();
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
            machineTypes.sort(Comparator.comparing(MachineTypeChange::action));
            entries.sort(Comparator.comparing(EntryChange::action).reversed());
            return new TablePlan(new TableDifference(machineTypes, entries), kept);
        }

        private boolean isPruned(String machineType) {
            return prune && (wanted.covers() == ProposedTable.Covers.REGISTRY || wantedNames.contains(machineType));
        }

        private void machineTypes() {
            for (MachineType after : parentsFirst(wanted.machineTypes())) {
                MachineType before = current.machineType(after.name());
                if (after.equals(before)) {
                    kept.add(new Kept(after.name(), null, true));
                } else {
                    machineTypes.add(new MachineTypeChange(after.name(), before, after));
                }
            }
            for (MachineType before :
                    parentsFirst(List.copyOf(current.machineTypes())).reversed()) {
                String name = before.name();
                if (!wantedNames.contains(name)) {
                    if (isPruned(name)) {
                        machineTypes.add(new MachineTypeChange(name, before, null));
                    } else {
                        kept.add(new Kept(name, null, false));
                    }
                }
            }
        }

        private void entries() {
            TreeSet<String> names = new TreeSet<>(MachineTypeNames.ORDER);
            current.machineTypes().forEach(machineType -> names.add(machineType.name()));
            names.addAll(wantedNames);
            for (String name : names) {
                TreeMap<RegisterSetting, List<PolicyEntry>> before = current.ownEntries(name).stream()
                        .collect(groupingBy(entry -> entry.content().setting(), TreeMap::new, toList()));
                TreeMap<RegisterSetting, List<EntryContent>> after = wanted.entriesOf(name).stream()
                        .collect(groupingBy(EntryContent::setting, TreeMap::new, toList()));
                TreeSet<RegisterSetting> settings = new TreeSet<>(before.keySet());
                settings.addAll(after.keySet());
                for (RegisterSetting setting : settings) {
                    entriesOf(before.getOrDefault(setting, List.of()), after.getOrDefault(setting, List.of()));
                }
            }
        }

        private void entriesOf(List<PolicyEntry> before, List<EntryContent> after) {
            if (before.size() == 1 && after.size() == 1) {
                pair(before.getFirst(), after.getFirst());
                return;
            }
            Map<EntryIdentity, EntryContent> unmatched = new LinkedHashMap<>();
            after.forEach(entry -> unmatched.put(entry.identity(), entry));
            for (PolicyEntry entry : before) {
                EntryContent same = unmatched.remove(entry.content().identity());
                if (same != null) {
                    pair(entry, same);
                } else if (isPruned(entry.machineType())) {
                    entries.add(new EntryChange(entry.id(), entry.content(), null));
                } else {
                    kept.add(new Kept(entry.machineType(), entry, false));
                }
            }
            unmatched.values().forEach(entry -> entries.add(new EntryChange(EntryChange.NOT_YET_STORED, null, entry)));
        }

        private void pair(PolicyEntry before, EntryContent after) {
            if (before.content().equals(after)) {
                kept.add(new Kept(before.machineType(), before, true));
            } else {
                entries.add(new EntryChange(before.id(), before.content(), after));
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
