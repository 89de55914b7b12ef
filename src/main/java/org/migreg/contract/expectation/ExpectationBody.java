package org.migreg.contract.expectation;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.entry.KernelsBody;
import org.migreg.contract.evaluation.DestinationBody;
import org.migreg.evaluation.Expectation;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.hostkernel.KernelRange;

/** Moves that must be possible, as a client gives them. */
@Schema(name = "ExpectationInput")
public record ExpectationBody(
        @Schema(
                description = "The guests' machine type.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                maxLength = 64,
                example = "virt-10.1")
        @Nullable
        String machineType,

        @Schema(description = "The kernels that guests come from.", requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        KernelsBody from,

        @Schema(description = "The kernels that they go to.", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        KernelsBody to,

        @Schema(
                nullable = true,
                maxLength = 100,
                example = "neoverse-v1",
                description = "On hosts of this CPU model alone; on all, each among its own kind, where left out.")
        @Nullable
        String cpuModel,

        @Schema(nullable = true, description = "Whether the way back must be possible too; true where left out.")
        @Nullable
        Boolean back,

        @Schema(
                nullable = true,
                description = "What the destinations' QEMU does; X_MIG_PROPERTIES where left out.",
                implementation = LoadBehaviour.Spec.class)
        @Nullable
        String loadBehaviour,

        @Schema(
                nullable = true,
                description = "With TOLERANCES: UPSTREAM for QEMU 11.1's compiled-in table, TABLE for the registry's.",
                allowableValues = {"UPSTREAM", "TABLE"})
        @Nullable
        String tolerances,

        @Schema(nullable = true, description = "Whether the sources' QEMU carries the properties; true where left out.")
        @Nullable
        Boolean sourceXMigProperties,

        @Schema(
                nullable = true,
                description = "How well it must go; MAY_MIGRATE where left out.",
                allowableValues = {"MAY_MIGRATE", "WITHOUT_WARNINGS"})
        @Nullable
        String required,

        @Schema(nullable = true, maxLength = 2000, description = "What it is for.") @Nullable
        String description) {

    /** The expectation as a client would give it. */
    static ExpectationBody of(Expectation expectation, String description) {
        LoadBehaviour behaviour = expectation.loadBehaviour();
        return new ExpectationBody(
                expectation.machineType(),
                KernelsBody.of(expectation.from()),
                KernelsBody.of(expectation.to()),
                expectation.cpuModel(),
                expectation.back(),
                behaviour.apiName(),
                behaviour instanceof LoadBehaviour.Tolerances tolerant
                        ? tolerant.fromTable() ? "TABLE" : "UPSTREAM"
                        : null,
                expectation.sourceXMigProperties(),
                expectation.required().name(),
                description);
    }

    /**
     * The expectation that this says.
     *
     * @throws InvalidFieldException when it is none
     */
    public Expectation toDomain() {
        String name = InvalidFieldException.required(
                "machineType", machineType, "the guests' machine type, such as virt-10.1");
        KernelRange source = InvalidFieldException.required(
                        "from", from, "the kernels that guests come from, as stream and range")
                .toDomain("from");
        KernelRange destination = InvalidFieldException.required(
                        "to", to, "the kernels that guests go to, as stream and range")
                .toDomain("to");
        String wanted = Objects.requireNonNullElse(required, "MAY_MIGRATE");
        Expectation.Requirement requirement = Arrays.stream(Expectation.Requirement.values())
                .filter(one -> one.name().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidFieldException("required", wanted, "required is MAY_MIGRATE or WITHOUT_WARNINGS"));
        LoadBehaviour behaviour = DestinationBody.behaviour("", loadBehaviour, null, tolerances);
        return reading(
                "machineType",
                name,
                () -> new Expectation(
                        name,
                        source,
                        destination,
                        cpuModel,
                        !Objects.equals(back, false),
                        behaviour,
                        !Objects.equals(sourceXMigProperties, false),
                        requirement));
    }

    /** The description, empty where none is given. */
    public String descriptionOrNothing() {
        String given = Objects.requireNonNullElse(description, "");
        if (given.length() > 2000) {
            throw new InvalidFieldException("description", given, "a description has at most 2,000 characters");
        }
        return given;
    }
}
