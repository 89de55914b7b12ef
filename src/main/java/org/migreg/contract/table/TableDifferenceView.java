package org.migreg.contract.table;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.entry.EntryView;
import org.migreg.history.Change.Action;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.change.TableDifference;

/** Where two states of the tables differ. */
@Schema(name = "TableDifference")
public record TableDifferenceView(
        CountsView counts,

        @Schema(description = "Machine types first, then entries by machine type and id.")
        List<ChangeView> changes) {

    /** Machine types and entries together. */
    @Schema(name = "TableDifferenceCounts")
    public record CountsView(long added, long changed, long removed) {}

    /** One thing that differs. */
    @Schema(name = "TableDifferenceChange")
    public record ChangeView(
            Action action,
            TablePlanView.Subject subject,
            @Schema(example = "virt-10.2") String machineType,

            @Schema(nullable = true, description = "The entry's id; null for machine types.") @Nullable
            Long id,

            @Schema(
                    example =
                            "entry 7 of virt-10.2 (x-mig-hidden-regs, TCR2_EL1, upstream/>=6.13) changed: kernels from"
                                    + " 'upstream/>=6.13' to 'upstream/>=6.12'")
            String sentence,

            @Schema(
                    nullable = true,
                    description = "The entry before; null where there was none, and for machine types.")
            @Nullable
            EntryView before,

            @Schema(nullable = true, description = "The entry after; null where there is none, and for machine types.")
            @Nullable
            EntryView after,

            @Schema(description = "The fields that change; empty unless CHANGED.")
            List<TablePlanView.FieldChangeView> fields) {

        static ChangeView of(TableDifference.MachineTypeChange change) {
            return new ChangeView(
                    change.action(),
                    TablePlanView.Subject.MACHINE_TYPE,
                    change.machineType(),
                    null,
                    change.sentence(),
                    null,
                    null,
                    TablePlanView.FieldChangeView.of(change));
        }

        static ChangeView of(TableDifference.EntryChange change) {
            return new ChangeView(
                    change.action(),
                    TablePlanView.Subject.ENTRY,
                    change.machineType(),
                    change.id(),
                    change.sentence(),
                    view(change.id(), change.before()),
                    view(change.id(), change.after()),
                    TablePlanView.FieldChangeView.of(change));
        }

        private static @Nullable EntryView view(long id, @Nullable EntryContent content) {
            return content == null ? null : EntryView.of(new PolicyEntry(id, content));
        }
    }

    public static TableDifferenceView of(TableDifference difference) {
        List<ChangeView> changes = new ArrayList<>();
        difference.machineTypes().forEach(change -> changes.add(ChangeView.of(change)));
        difference.entries().forEach(change -> changes.add(ChangeView.of(change)));
        return new TableDifferenceView(
                new CountsView(
                        difference.count(Action.ADDED),
                        difference.count(Action.CHANGED),
                        difference.count(Action.REMOVED)),
                changes);
    }
}
