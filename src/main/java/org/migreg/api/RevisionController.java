package org.migreg.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ProblemType;
import org.migreg.contract.RevisionChangesView;
import org.migreg.contract.RevisionView;
import org.migreg.revision.RevisionLog;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/revisions")
@Tag(name = "Revisions", description = "Every write: who, when, why, before and after.")
class RevisionController {

    private final RevisionLog log;

    RevisionController(RevisionLog log) {
        this.log = log;
    }

    @GetMapping
    @Operation(
            operationId = "listRevisions",
            summary = "List revisions after one, oldest first",
            description = "Ask again with since = the last number to go on.")
    @Problems(ProblemType.INVALID_FIELD)
    List<RevisionView> list(
            @Parameter(
                            description = "The number of a revision; those after it are listed.",
                            schema = @Schema(minimum = "0"))
                    @RequestParam(defaultValue = "0")
                    long since,
            @Parameter(schema = @Schema(minimum = "1", maximum = "1000")) @RequestParam(defaultValue = "100")
                    int limit) {
        if (since < 0) {
            throw new InvalidFieldException("since", since, "since must be 0 or more");
        }
        if (limit < 1 || limit > RevisionLog.LONGEST_LISTING) {
            throw new InvalidFieldException("limit", limit, "limit must be 1 to " + RevisionLog.LONGEST_LISTING);
        }
        return log.listAfter(since, limit).stream().map(RevisionView::of).toList();
    }

    @GetMapping("/{number}")
    @Operation(
            operationId = "getRevision",
            summary = "Get a revision with what it changed",
            description = "Each change with the thing before and after, as JSON; null where it did not exist.")
    @Problems({ProblemType.INVALID_FIELD, ProblemType.UNKNOWN_REVISION})
    RevisionChangesView get(@Parameter(example = "1") @PathVariable long number) {
        return RevisionChangesView.of(log.changes(number));
    }
}
