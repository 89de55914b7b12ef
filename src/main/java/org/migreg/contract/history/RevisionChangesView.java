package org.migreg.contract.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Change;
import org.migreg.history.RevisionChanges;

/** One write and what it changed. */
@Schema(name = "RevisionChanges")
public record RevisionChangesView(RevisionView revision, List<ChangeView> changes) {

    /** One thing that a write changed. */
    @Schema(name = "Change")
    public record ChangeView(
            Change.Subject subject,

            @Schema(
                    description =
                            "Which one: a machine type's name, an entry's id, a capture's id, a host's name, an expectation's"
                                    + " id.")
            String key,

            @JsonRawValue
            @Schema(
                    types = {"object", "null"},
                    description = "As it was; null where it did not exist.")
            @Nullable
            String before,

            @JsonRawValue
            @Schema(
                    types = {"object", "null"},
                    description = "As it is since; null where it was deleted.")
            @Nullable
            String after) {}

    public static RevisionChangesView of(RevisionChanges changes) {
        return new RevisionChangesView(
                RevisionView.of(changes.revision()),
                changes.changes().stream()
                        .map(change -> new ChangeView(change.subject(), change.key(), change.before(), change.after()))
                        .toList());
    }
}
