package org.migreg.api.history;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Writes;
import org.migreg.contract.history.HistoryView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.history.Revision;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.registry.history.TableHistory;
import org.migreg.revision.RevisionLog;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Revisions", description = "Every write: who, when, why, before and after.")
record HistoryController(TableHistory history, PolicyStore store, RevisionLog log) {

    @GetMapping("/revisions/compare")
    @Operation(
            operationId = "compareRevisions",
            summary = "Where do the tables of two revisions differ?",
            description = "In any direction. Revision 0 is before the first.")
    @Problems(ProblemType.UNKNOWN_REVISION)
    HistoryView.ComparisonView compare(
            @Parameter(example = "1") @RequestParam long from,
            @Parameter(description = "The newest where left out.", example = "2")
                    @RequestParam(required = false)
                    @Nullable
                    Long to) {
        long end = to == null ? store.current().number() : to;
        return HistoryView.ComparisonView.of(from, end, history.between(from, end));
    }

    @GetMapping("/revisions/{number}/diff")
    @Operation(
            operationId = "diffRevision",
            summary = "What did a revision change of the tables?",
            description = "Readable, field by field; nothing for a revision that changed no tables.")
    @Problems(ProblemType.UNKNOWN_REVISION)
    HistoryView.DifferenceView difference(@Parameter(example = "2") @PathVariable long number) {
        Revision revision = log.get(number);
        return HistoryView.DifferenceView.of(revision, history.of(revision));
    }

    @PostMapping("/revisions/{number}/revert")
    @Writes({WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(
            operationId = "revertRevision",
            summary = "Undo a revision by a new one",
            description =
                    "What it changed of the tables is again as before it, and all else stays; an entry that it removed comes"
                            + " back under a new id. Where later revisions changed the same things, nothing is changed,"
                            + " and the problem names each conflict.")
    @Problems({
        ProblemType.UNKNOWN_REVISION,
        ProblemType.NOTHING_TO_CHANGE,
        ProblemType.CONFLICTING_CHANGE,
        ProblemType.STALE_VERSION
    })
    HistoryView.DifferenceView revert(@Parameter(example = "2") @PathVariable long number, WriteHeaders headers) {
        TableHistory.Reversal reversal = history.revert(number, headers.author(), headers.reason(), headers.override());
        return HistoryView.DifferenceView.of(log.get(reversal.revision()), reversal.difference());
    }

    @GetMapping("/machine-types/{name}/blame")
    @Operation(
            operationId = "blame",
            summary = "Who set each entry of a machine type, when and why?",
            description = "Inherited entries among them.")
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_REVISION})
    HistoryView.BlameView blame(
            @Parameter(example = "virt-10.1") @PathVariable String name,
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision) {
        TableRevision tables = store.currentOr(revision);
        return new HistoryView.BlameView(
                name,
                tables.number(),
                history.blame(tables, name).stream()
                        .map(blamed -> HistoryView.EntryBlameView.of(blamed.entry(), name, blamed.revision()))
                        .toList());
    }
}
