package org.migreg.contract.capture;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.entry.EntryView;
import org.migreg.contract.entry.KnownEvents;
import org.migreg.contract.register.RegisterView;
import org.migreg.policy.PolicyTable;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterValue;

/** What two captures have apart. */
@Schema(name = "CaptureDiff")
public record CaptureDiffView(
        CaptureSummary a,
        CaptureSummary b,

        @Schema(description = "How many registers both have.", minimum = "0")
        int common,

        List<Difference> onlyInA,
        List<Difference> onlyInB,

        @Schema(description = "Registers of both with different values.")
        List<Difference> differingValues) {

    /** One register that is not alike. */
    @Schema(name = "CaptureDifference")
    public record Difference(
            RegisterView register,
            @Schema(nullable = true) @Nullable String valueInA,
            @Schema(nullable = true) @Nullable String valueInB,

            @Schema(description = "Entries of any machine type that name the register: the known events about it.")
            List<EntryView> knownEvents) {}

    public static CaptureDiffView of(
            CaptureSummary a, RegisterList listA, CaptureSummary b, RegisterList listB, PolicyTable table) {
        KnownEvents events = KnownEvents.of(table);
        List<Difference> onlyInA = new ArrayList<>();
        List<Difference> onlyInB = new ArrayList<>();
        List<Difference> differing = new ArrayList<>();
        int common = 0;
        for (RegisterId id : listA.ids()) {
            if (!listB.contains(id)) {
                onlyInA.add(difference(id, listA, listB, events));
                continue;
            }
            common++;
            String inA = value(listA, id);
            String inB = value(listB, id);
            if (inA != null && inB != null && !inA.equals(inB)) {
                differing.add(difference(id, listA, listB, events));
            }
        }
        for (RegisterId id : listB.ids()) {
            if (!listA.contains(id)) {
                onlyInB.add(difference(id, listA, listB, events));
            }
        }
        return new CaptureDiffView(a, b, common, onlyInA, onlyInB, differing);
    }

    private static Difference difference(RegisterId id, RegisterList listA, RegisterList listB, KnownEvents events) {
        return new Difference(RegisterView.of(id), value(listA, id), value(listB, id), events.about(id));
    }

    private static @Nullable String value(RegisterList list, RegisterId id) {
        var value = list.valueOf(id);
        return value.isPresent() ? new RegisterValue(value.getAsLong()).toString() : null;
    }
}
