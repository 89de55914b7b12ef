package org.migreg.contract;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.migreg.evaluation.Verdict;

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
        List<ChangeView> changes) {

    public ImpactView {
        machineTypes = List.copyOf(machineTypes);
        decidingRegisters = List.copyOf(decidingRegisters);
        changes = List.copyOf(changes);
    }

    /** Moves by what becomes of them; a pair of hosts counts once for each machine type. */
    @Schema(name = "ImpactCounts")
    public record CountsView(long newlyBlocked, long newlyMigratable, long otherVerdict, long unchanged) {}

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
            @Schema(allowableValues = {"NEWLY_BLOCKED", "NEWLY_MIGRATABLE", "OTHER_VERDICT"})
            String kind,

            String machineType,
            FleetHostView source,
            FleetHostView destination,
            Verdict before,
            Verdict after,
            List<RegisterReference> decidingRegisters) {
        public ChangeView {
            decidingRegisters = List.copyOf(decidingRegisters);
        }
    }
}
