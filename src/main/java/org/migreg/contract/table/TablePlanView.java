package org.migreg.contract.table;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.expectation.ExpectationView;
import org.migreg.contract.lint.LintView;
import org.migreg.history.Change.Action;
import org.migreg.policy.EntryContent;
import org.migreg.policy.change.TableDifference;
import org.migreg.policy.change.TablePlan;

/** What applying a table file does, or would do. */
@Schema(name = "TablePlan")
public record TablePlanView(
        @Schema(description = "True where nothing was written.")
        boolean dryRun,

        @Schema(description = "The revision of the tables: the new one, or the one in force where nothing was written.")
        long revision,

        CountsView counts,

        @Schema(description = "In the order in which they are made.")
        List<ChangeView> changes,

        @Schema(description = "Expectations that are met and that this would break, or has broken with an override.")
        List<ExpectationView.OutcomeView> brokenExpectations,

        @Schema(description = "What it does to the findings of lint.")
        LintView.ChangeView lint) {

    /** What kind of thing it is. */
    public enum Subject {
        MACHINE_TYPE,
        ENTRY
    }

    /** Machine types and entries together. */
    @Schema(name = "TablePlanCounts")
    public record CountsView(
            long added,
            long changed,
            long removed,

            @Schema(description = "In the registry and in the file alike.")
            long unchanged,

            @Schema(description = "In the registry alone, and left there: prune removes what the file covers.")
            long notInFile) {}

    /** One change. */
    @Schema(name = "TablePlanChange")
    public record ChangeView(
            Action action,
            Subject subject,
            @Schema(example = "virt-10.2") String machineType,

            @Schema(nullable = true, description = "The entry's id; null for machine types and added entries.")
            @Nullable
            Long id,

            @Schema(nullable = true, example = "x-mig-hidden-regs") @Nullable
            String property,

            @Schema(nullable = true, example = "0x603000000013c103") @Nullable
            String register,

            @Schema(nullable = true, example = "TCR2_EL1") @Nullable
            String registerName,

            @Schema(nullable = true, description = "The host kernels that the entry is for; as it will be, if changed.")
            @Nullable
            String kernels,

            @Schema(description = "The fields that change; empty unless CHANGED.")
            List<FieldChangeView> fields) {

        static ChangeView of(TableDifference.Change change) {
            return switch (change) {
                case TableDifference.MachineTypeChange of ->
                    new ChangeView(
                            of.action(),
                            Subject.MACHINE_TYPE,
                            of.machineType(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            FieldChangeView.of(of));
                case TableDifference.EntryChange of -> {
                    EntryContent entry = of.content();
                    yield new ChangeView(
                            of.action(),
                            Subject.ENTRY,
                            of.machineType(),
                            of.before() == null ? null : of.id(),
                            entry.property().toString(),
                            entry.register().toString(),
                            entry.register().name(),
                            entry.kernels().toString(),
                            FieldChangeView.of(of));
                }
            };
        }
    }

    /** A field before and after, as text; empty where it was or becomes empty. */
    @Schema(name = "FieldChange")
    public record FieldChangeView(String field, String before, String after) {

        static List<FieldChangeView> of(TableDifference.Change change) {
            return change.fields().stream()
                    .map(field -> new FieldChangeView(field.field(), field.before(), field.after()))
                    .toList();
        }
    }

    public static TablePlanView of(
            TablePlan plan,
            boolean dryRun,
            long revision,
            List<ExpectationView.OutcomeView> brokenExpectations,
            LintView.ChangeView lint) {
        TableDifference difference = plan.difference();
        long unchanged = plan.kept().stream().filter(TablePlan.Kept::isWanted).count();
        return new TablePlanView(
                dryRun,
                revision,
                new CountsView(
                        difference.count(Action.ADDED),
                        difference.count(Action.CHANGED),
                        difference.count(Action.REMOVED),
                        unchanged,
                        plan.kept().size() - unchanged),
                difference.inOrder().stream().map(ChangeView::of).toList(),
                brokenExpectations,
                lint);
    }
}
