package org.migreg.contract;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What is doubtful about the tables. */
@Schema(name = "LintReport")
public record LintView(
        long policyRevision,
        long captureRevision,
        CountsView counts,

        @Schema(description = "The heaviest first.") List<FindingView> findings) {

    public LintView {
        findings = List.copyOf(findings);
    }

    /** Findings by level. */
    @Schema(name = "LintCounts")
    public record CountsView(long error, long warning, long info) {}

    /** One finding. */
    @Schema(name = "LintFinding")
    public record FindingView(
            @Schema(example = "hidden-on-one-side") String rule,

            @Schema(allowableValues = {"ERROR", "WARNING", "INFO"})
            String level,

            String message,
            @Schema(description = "What to do about it.") String remedy,

            @Schema(description = "The entries concerned, the one to mend first.")
            List<EntryView> entries) {
        public FindingView {
            entries = List.copyOf(entries);
        }
    }
}
