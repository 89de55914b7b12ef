package org.migreg.contract.account;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.access.NamePattern;
import org.migreg.access.Role;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.json.Required;

/** An account as a client defines it. */
@Schema(name = "AccountInput")
public record AccountBody(
        @Schema(
                nullable = true,
                description = "Needed to make one; an account keeps its name.",
                example = "nova-scheduler",
                maxLength = 100,
                pattern = "[A-Za-z0-9][A-Za-z0-9._@-]{0,99}")
        @Nullable
        String name,

        @Required("what it may do: viewer, evaluator, editor, publisher, admin, or collector or agent for machines")
        Role role,

        @Schema(
                nullable = true,
                description =
                        "The machine types that it may write, divided by commas, with * and ?; all where left out.",
                example = "virt-rhel*",
                maxLength = NamePattern.LONGEST)
        @Nullable
        String machineTypes,

        @Schema(
                nullable = true,
                description =
                        "The hosts of which it may record something, divided by commas, with * and ?; all where left"
                                + " out, which a collector or agent may not.",
                example = "compute-17.example.org",
                maxLength = NamePattern.LONGEST)
        @Nullable
        String hosts,

        @Schema(
                nullable = true,
                description = "Whether it is believed when it names another author; false where left out.")
        @Nullable
        Boolean speaksForOthers,

        @Schema(nullable = true, maxLength = 1000, description = "What it is for, and who looks after it.") @Nullable
        String description) {

    /**
     * @throws InvalidFieldException when a pattern is none
     */
    public static @Nullable NamePattern pattern(String field, @Nullable String text) {
        return text == null || text.isBlank()
                ? null
                : InvalidFieldException.reading(field, text, () -> new NamePattern(text.strip()));
    }
}
