package org.migreg.contract.expectation;

import static org.migreg.contract.InvalidFieldException.reading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.evaluation.QemuFields;
import org.migreg.contract.evaluation.SourceFields;
import org.migreg.contract.json.Required;
import org.migreg.evaluation.Expectation;
import org.migreg.hostkernel.KernelRange;

/** Moves that must be possible, as a client gives them. */
@Schema(name = "ExpectationInput")
public record ExpectationBody(
        @Schema(description = "The guests' machine type.", maxLength = 64, example = "virt-10.1")
        @Required("the guests' machine type, such as virt-10.1")
        String machineType,

        @Schema(description = "The kernels that guests come from.")
        @Required("the kernels that guests come from, as stream and range")
        KernelRange sourceKernels,

        @Schema(description = "The kernels that they go to.")
        @Required("the kernels that guests go to, as stream and range")
        KernelRange destinationKernels,

        @Schema(
                nullable = true,
                maxLength = 100,
                example = "neoverse-v1",
                description = "Only on hosts of this CPU model; on all, each among its own kind, where left out.")
        @Nullable
        String cpuModel,

        @Schema(nullable = true, description = "Whether the way back must be possible too; true where left out.")
        @Nullable
        Boolean back,

        @JsonUnwrapped QemuFields load,

        @JsonUnwrapped SourceFields sources,

        @Schema(nullable = true, description = "How well it must go; MAY_MIGRATE where left out.")
        Expectation.@Nullable Requirement required,

        @Schema(nullable = true, maxLength = 2000, description = "What it is for.") @Nullable
        String description) {

    public ExpectationBody {
        if (description != null && description.length() > 2000) {
            throw new InvalidFieldException("description", description, "a description has at most 2,000 characters");
        }
        String name = machineType;
        KernelRange source = sourceKernels;
        KernelRange destination = destinationKernels;
        String cpu = cpuModel;
        reading("machineType", name, () -> Expectation.of(name, source, destination, null, true));
        reading("cpuModel", cpu, () -> Expectation.of(name, source, destination, cpu, true));
    }

    /** The expectation as a client would give it. */
    static ExpectationBody of(Expectation expectation, String description) {
        return new ExpectationBody(
                expectation.machineType(),
                expectation.from(),
                expectation.to(),
                expectation.cpuModel(),
                expectation.back(),
                QemuFields.of(expectation.loadBehaviour()),
                new SourceFields(expectation.sourceXMigProperties()),
                expectation.required(),
                description);
    }

    /** The expectation that this says. */
    public Expectation toDomain() {
        return new Expectation(
                machineType,
                sourceKernels,
                destinationKernels,
                cpuModel,
                !Objects.equals(back, false),
                load.behaviour(),
                sources.carryProperties(),
                Objects.requireNonNullElse(required, Expectation.Requirement.MAY_MIGRATE));
    }

    /** The description, empty where none is given. */
    public String descriptionOrNothing() {
        return Objects.requireNonNullElse(description, "");
    }
}
