package org.migreg.contract.advice;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.migreg.contract.evaluation.AssumptionView;
import org.migreg.evaluation.Assumption;
import org.migreg.evaluation.Verdict;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.impact.Impact;
import org.migreg.question.impact.PairChange;

/** What a change of the tables would do to every move among the captured hosts. */
@Schema(name = "Impact")
public record ImpactView(
        @Schema(description = "The revision of the tables that the change is held against.")
        long policyRevision,

        @Schema(description = "The revision up to which captures were taken in.")
        long captureRevision,

        CountsView counts,
        List<MachineTypeView> machineTypes,

        @Schema(
                description =
                        "Registers that decide newly blocked or newly migratable moves; those that block most first.")
        List<DecidingRegister> decidingRegisters,

        @Schema(description = "How many moves change their verdict in all; changes has the first of them.")
        long changesTotal,

        @Schema(description = "Newly blocked moves first, then newly migratable ones, then the rest.")
        List<ChangeView> changes,

        @Schema(description = AssumptionView.LIST) List<AssumptionView> assumptions) {

    public static ImpactView of(
            Impact impact, CapturedHosts known, long policyRevision, int limit, List<Assumption> assumptions) {
        List<Impact.Change> changes = impact.changes();
        return new ImpactView(
                policyRevision,
                known.revision(),
                new CountsView(
                        impact.count(PairChange.Kind.NEWLY_BLOCKED),
                        impact.count(PairChange.Kind.NEWLY_MIGRATABLE),
                        impact.count(PairChange.Kind.OTHER_VERDICT),
                        impact.unchanged(),
                        impact.notCompared()),
                impact.machineTypes().stream()
                        .map(of -> new MachineTypeView(
                                of.machineType(),
                                of.added().size(),
                                of.removed().size(),
                                new CountsView(
                                        of.count(PairChange.Kind.NEWLY_BLOCKED),
                                        of.count(PairChange.Kind.NEWLY_MIGRATABLE),
                                        of.count(PairChange.Kind.OTHER_VERDICT),
                                        of.unchanged(),
                                        of.notCompared())))
                        .toList(),
                impact.deciding().stream()
                        .map(deciding -> new DecidingRegister(
                                deciding.register().toString(),
                                deciding.register().name(),
                                deciding.newlyBlocked(),
                                deciding.newlyMigratable()))
                        .toList(),
                changes.size(),
                changes.stream()
                        .limit(limit)
                        .map(change -> ChangeView.of(change.move(), change.machineType(), known))
                        .toList(),
                AssumptionView.of(assumptions));
    }

    /** Moves by what becomes of them; a pair of hosts counts once for each machine type. */
    @Schema(name = "ImpactCounts")
    public record CountsView(
            long newlyBlocked,
            long newlyMigratable,
            long otherVerdict,
            long unchanged,

            @Schema(description = "Moves that were left out, since there are more than one analysis compares; else 0.")
            long notCompared) {}

    /** One machine type, with the entries in its chain of inheritance. */
    @Schema(name = "MachineTypeImpact")
    public record MachineTypeView(String machineType, int entriesAdded, int entriesRemoved, CountsView counts) {}

    /** How many moves a register decides. */
    @Schema(name = "DecidingRegister")
    public record DecidingRegister(String register, String registerName, long newlyBlocked, long newlyMigratable) {}

    /** A register. */
    @Schema(name = "RegisterReference")
    public record RegisterReference(String register, String registerName) {}

    /** A move whose verdict changes. */
    @Schema(name = "ImpactChange")
    public record ChangeView(
            PairChange.Kind kind,
            String machineType,
            FleetHostView source,
            FleetHostView destination,
            Verdict before,
            Verdict after,
            List<RegisterReference> decidingRegisters) {
        static ChangeView of(PairChange change, String machineType, CapturedHosts known) {
            return new ChangeView(
                    change.kind(),
                    machineType,
                    FleetHostView.of(known, change.pair().source()),
                    FleetHostView.of(known, change.pair().destination()),
                    change.before(),
                    change.after(),
                    change.decidingRegisters().stream()
                            .map(register -> new RegisterReference(register.toString(), register.name()))
                            .toList());
        }
    }
}
