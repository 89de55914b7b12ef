package org.migreg.contract.entry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.register.RegisterId;

/** What the tables know about registers: the entries of any machine type that name them. */
public final class KnownEvents {

    private final Map<RegisterId, List<EntryView>> entries = new HashMap<>();

    private KnownEvents() {}

    public static KnownEvents of(PolicyTable table) {
        KnownEvents events = new KnownEvents();
        for (PolicyEntry entry : table.allEntries()) {
            events.entries
                    .computeIfAbsent(entry.register(), first -> new ArrayList<>())
                    .add(EntryView.of(entry));
        }
        return events;
    }

    /** Those about a register, in the order of the tables; empty where none is known. */
    public List<EntryView> about(RegisterId register) {
        return List.copyOf(entries.getOrDefault(register, List.of()));
    }
}
