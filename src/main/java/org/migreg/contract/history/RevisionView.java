package org.migreg.contract.history;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;

/** One write. */
@Schema(name = "Revision")
public record RevisionView(
        @Schema(example = "7") long number,
        @Schema(example = "2026-11-22T10:15:30Z") Instant at,
        @Schema(example = "admin") String author,
        String reason,
        RevisionKind kind) {

    public static RevisionView of(Revision revision) {
        return new RevisionView(
                revision.number(), revision.at(), revision.author(), revision.reason(), revision.kind());
    }
}
