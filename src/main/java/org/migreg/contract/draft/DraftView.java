package org.migreg.contract.draft;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.advice.ImpactView;
import org.migreg.contract.expectation.ExpectationView;
import org.migreg.contract.history.ConflictView;
import org.migreg.contract.lint.LintView;
import org.migreg.contract.table.EditBody;
import org.migreg.contract.table.TableDifferenceView;

/** A draft with its edits: what its author gave, each thing once. */
@Schema(name = "Draft")
public record DraftView(SummaryView draft, List<EditBody> edits) {

    /** A draft without its edits. */
    @Schema(name = "DraftSummary")
    public record SummaryView(
            @Schema(example = "release-11.2") String name,
            String description,

            @Schema(description = "The revision of the tables that it was made for, or last rebased onto.")
            long baseRevision,

            @Schema(description = "How many edits it has.") int edits,
            String createdBy,
            Instant createdAt,
            String changedBy,
            Instant changedAt,

            @Schema(description = "Another one after each write; its ETag.")
            long version,

            @Schema(nullable = true, description = "The revision that it became; null while it is open.") @Nullable
            Long publishedAs) {}

    /** What a draft would do. */
    @Schema(name = "DraftImpact")
    public record EffectView(
            SummaryView draft,

            @Schema(
                    description = "The revision of the tables that it is held against: the newest, or its base where it"
                            + " conflicts with the newest.")
            long againstRevision,

            @Schema(description = "With the newest tables; a draft with conflicts cannot be published.")
            List<ConflictView> conflicts,

            TableDifferenceView plan,
            ImpactView impact,

            @Schema(description = "Findings that the change would bring.")
            List<LintView.FindingView> lintIntroduced,

            @Schema(description = "Findings that it would take away.")
            List<LintView.FindingView> lintResolved,

            @Schema(description = "What becomes of the expectations about machine types that the draft touches.")
            List<ExpectationView.OutcomeView> expectations) {}

    /** What became of a draft. */
    @Schema(name = "DraftPublication")
    public record PublicationView(
            @Schema(description = "The revision that it became.")
            long revision,

            SummaryView draft,
            TableDifferenceView plan) {}
}
