package org.migreg.contract.history;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Revision;
import org.migreg.policy.change.TableMerge;

/** Something that a change was made for and that others have made another in the meantime. */
@Schema(name = "Conflict")
public record ConflictView(
        @Schema(description = "Which one.", example = "entry 7 of virt-10.2")
        String thing,

        @Schema(description = "What the change wants it to be.")
        String wanted,

        @Schema(description = "What is there now.") String found,

        @Schema(description = "What others changed, and thereby stands in the way.", example = "entry 7 of virt-10.2")
        String changed,

        @Schema(nullable = true, description = "The revision that did.") @Nullable
        RevisionView revision) {

    public static ConflictView of(TableMerge.Conflict conflict, @Nullable Revision revision) {
        return new ConflictView(
                conflict.thing().toString(),
                conflict.wanted(),
                conflict.found(),
                conflict.changed().toString(),
                revision == null ? null : RevisionView.of(revision));
    }
}
