package org.migreg.contract.table;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import tools.jackson.databind.JsonNode;

/** A change of the tables: a table file or edits, not both. */
public record TableChangeFields(
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

        @Schema(nullable = true, description = "Taken in order.") @Nullable
        List<EditBody> edits) {

    static final int MOST_EDITS = 10_000;

    public TableChangeFields {
        if (table != null && edits != null) {
            throw new InvalidFieldException(
                    "table", null, "give either 'table', a table file, or 'edits', a list of edits");
        }
        if (table == null && prune != null) {
            throw new InvalidFieldException("prune", prune, "'prune' goes with 'table' only");
        }
        if (edits != null && edits.size() > MOST_EDITS) {
            throw new InvalidFieldException(
                    "edits", edits.size() + " edits", "at most " + MOST_EDITS + " edits are taken");
        }
        edits = edits == null ? null : List.copyOf(edits);
    }

    /** Whether it says neither. */
    public boolean saysNothing() {
        return table == null && edits == null;
    }

    /** @throws InvalidFieldException where it says neither */
    public TableChangeFields required() {
        if (saysNothing()) {
            throw new InvalidFieldException(
                    "table", null, "give either 'table', a table file, or 'edits', a list of edits");
        }
        return this;
    }
}
