package org.migreg.contract.draft;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.advice.ImpactBody;
import tools.jackson.databind.JsonNode;

/** A draft as a client gives it: what it is for, and its change as a table file or as edits, not both. */
@Schema(name = "DraftInput")
public record DraftBody(
        @Schema(
                nullable = true,
                description = "Needed to make one; a draft keeps its name.",
                example = "release-11.2",
                maxLength = 64,
                pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
        @Nullable
        String name,

        @Schema(nullable = true, maxLength = 2000, description = "Kept where left out of a replacement.") @Nullable
        String description,

        @Schema(
                nullable = true,
                description =
                        "The revision of the tables that the change is made for; the newest where left out. Only to make"
                                + " a draft: it moves by a rebase.")
        @Nullable
        Long baseRevision,

        @Schema(
                implementation = Object.class,
                types = {"object", "string", "null"},
                description =
                        "What the tables shall be, as a table file: the JSON form as an object, or the YAML form as a"
                                + " string.")
        @Nullable
        JsonNode table,

        @Schema(nullable = true, description = "With table: remove what the file covers and does not have.") @Nullable
        Boolean prune,

        @Schema(nullable = true, description = "Taken in order; a draft that is made without any has none.") @Nullable
        List<ImpactBody.EditBody> edits) {}
