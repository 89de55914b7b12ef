package org.migreg.dashboard.tables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.EntryContent;

/**
 * What a form's entry would be and do.
 *
 * @param entry null while a field is wrong or missing
 * @param errors by field, what is wrong with what was typed
 * @param missing the fields that still need something
 * @param refusal why the tables would not take it; null where they would
 * @param isUnchanged whether it says what the tables say already
 * @param machineTypes those for which it would be in force: its own and all that inherit from that
 * @param effect null unless the tables would take it
 */
public record EntryPreview(
        @Nullable EntryContent entry,
        Map<String, String> errors,
        List<String> missing,
        @Nullable String refusal,
        boolean isUnchanged,
        Set<String> machineTypes,
        KernelsHit kernels,
        @Nullable ChangeEffect effect) {

    /** Which of the known kernels the entry is for. */
    public record KernelsHit(List<String> in, List<String> out, List<String> undecided) {
        static final KernelsHit NOTHING = new KernelsHit(List.of(), List.of(), List.of());

        public int all() {
            return in.size() + out.size() + undecided.size();
        }
    }

    public EntryPreview {
        errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
        missing = List.copyOf(missing);
        machineTypes = Collections.unmodifiableSet(new LinkedHashSet<>(machineTypes));
    }
}
