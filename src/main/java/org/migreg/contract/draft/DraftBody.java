package org.migreg.contract.draft;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.table.TableChangeFields;

/** A draft as a client gives it: what it is for, and its change; a draft that is made without any has none. */
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

        @JsonUnwrapped TableChangeFields change) {

    public DraftBody {
        if (description != null && description.length() > 2000) {
            throw new InvalidFieldException("description", description, "a description has at most 2,000 characters");
        }
    }
}
