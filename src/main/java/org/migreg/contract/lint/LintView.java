package org.migreg.contract.lint;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.migreg.contract.entry.EntryView;
import org.migreg.question.lint.LintChange;
import org.migreg.question.lint.LintFinding;

/** What is doubtful about the tables. */
@Schema(name = "LintReport")
public record LintView(
        long policyRevision,
        long captureRevision,
        CountsView counts,

        @Schema(description = "The heaviest first.") List<FindingView> findings) {

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

            @Schema(description = "The entries concerned, the one to fix first.")
            List<EntryView> entries) {
        public static List<FindingView> ofAll(List<LintFinding> findings) {
            return findings.stream()
                    .map(finding -> new FindingView(
                            finding.rule().id(),
                            finding.level().name(),
                            finding.sentence(),
                            finding.mend(),
                            finding.entries().stream().map(EntryView::of).toList()))
                    .toList();
        }
    }

    /** What a change of the tables does to the findings. */
    @Schema(name = "LintChange")
    public record ChangeView(
            @Schema(description = "How many findings it brings.")
            long introducedTotal,

            @Schema(description = "The first 500 of them, the heaviest first.")
            List<FindingView> introduced,

            @Schema(description = "How many it takes away.") long resolvedTotal,

            @Schema(description = "The first 500 of them, the heaviest first.")
            List<FindingView> resolved) {

        /** How many findings are listed. */
        public static final int MOST_LISTED = 500;

        /** Of a change that does nothing. */
        public static final ChangeView NONE = new ChangeView(0, List.of(), 0, List.of());

        public static ChangeView of(LintChange change) {
            return new ChangeView(
                    change.introduced().size(),
                    FindingView.ofAll(first(change.introduced())),
                    change.resolved().size(),
                    FindingView.ofAll(first(change.resolved())));
        }

        private static List<LintFinding> first(List<LintFinding> findings) {
            return findings.subList(0, Math.min(findings.size(), MOST_LISTED));
        }
    }
}
