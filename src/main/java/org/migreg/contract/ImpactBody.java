package org.migreg.contract;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A change of the tables in question: a table file or edits, not both. */
@Schema(name = "ImpactRequest")
public record ImpactBody(
        @Schema(
                nullable = true,
                types = {"object", "string"},
                description = "A table file: the JSON form as an object, or the YAML form as a string.")
        @Nullable
        JsonNode table,

        @Schema(nullable = true, description = "With table: remove what the file covers and does not have.") @Nullable
        Boolean prune,

        @Schema(nullable = true, description = "Taken in order.") @Nullable
        List<EditBody> edits,

        @Schema(nullable = true, description = "Only these; every machine type where left out.") @Nullable
        List<String> machineTypes,

        @Schema(nullable = true, description = "Only hosts of this accelerator: kvm or tcg.") @Nullable
        String accelerator,

        @Schema(
                nullable = true,
                description = "What the destinations' QEMU does; X_MIG_PROPERTIES where left out.",
                allowableValues = {"LENGTH_CHECKED", "ALL_MISMATCHES", "TOLERANCES", "X_MIG_PROPERTIES"})
        @Nullable
        String loadBehaviour,

        @Schema(nullable = true, description = "The version of an unpatched QEMU there, instead of loadBehaviour.")
        @Nullable
        String qemu,

        @Schema(
                nullable = true,
                allowableValues = {"UPSTREAM", "TABLE"})
        @Nullable
        String tolerances,

        @Schema(nullable = true, description = "Whether the sources' QEMU carries the properties; true where left out.")
        @Nullable
        Boolean sourceXMigProperties,

        @Schema(
                nullable = true,
                minimum = "1",
                maximum = "10000",
                description = "How many moves to list; 500 where left out.")
        @Nullable
        Integer limit) {

    public static final int USUAL_LIMIT = 500;
    public static final int GREATEST_LIMIT = 10_000;
    public static final int MOST_EDITS = 10_000;

    /** One edit. */
    @Schema(name = "TableEdit")
    public record EditBody(
            @Schema(
                    allowableValues = {"add", "replace", "delete"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String op,

            @Schema(example = "virt-10.2", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String machineType,

            @Schema(nullable = true, description = "Of the entry to replace or delete.") @Nullable
            Long id,

            @Schema(nullable = true, description = "What to add, or to replace it by.") @Nullable
            EntryBody entry) {}
}
