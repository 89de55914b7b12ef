package org.migreg.api.expectation;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Versioned;
import org.migreg.api.operation.Writes;
import org.migreg.contract.EntityVersion;
import org.migreg.contract.ItemsView;
import org.migreg.contract.Paging;
import org.migreg.contract.evaluation.AssumptionView;
import org.migreg.contract.expectation.ExpectationBody;
import org.migreg.contract.expectation.ExpectationView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.evaluation.Expectation;
import org.migreg.expectationstore.ExpectationStore;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.expectation.ExpectationOutcome.Status;
import org.migreg.question.expectation.StoredExpectation;
import org.migreg.question.expectation.TriedExpectation;
import org.migreg.registry.expectation.StoredExpectations;
import org.migreg.registry.publication.WritersScope;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/expectations")
@Tag(
        name = "Expectations",
        description = "Tests of the tables: moves that must be possible. A change that breaks one is refused.")
record ExpectationController(
        ExpectationStore store, StoredExpectations expectations, PolicyStore tables, WritersScope scope) {

    @GetMapping
    @Operation(operationId = "listExpectations", summary = "List expectations", description = "By id.")
    ItemsView<ExpectationView> list(@ParameterObject Paging paging) {
        return paging.of(store.current().all(), 1000).map(ExpectationView::of);
    }

    @GetMapping("/outcomes")
    @Operation(
            operationId = "getExpectationOutcomes",
            summary = "Are the expectations met?",
            description =
                    "Tries today's expectations on every captured host, under today's tables or those of a revision.")
    @Problems(ProblemType.UNKNOWN_REVISION)
    ExpectationView.OutcomesView outcomes(
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision) {
        TableRevision of = tables.currentOr(revision);
        List<TriedExpectation> tried = expectations.outcomes(of.table());
        return new ExpectationView.OutcomesView(
                of.number(),
                expectations.basis().captures(),
                new ExpectationView.CountsView(
                        count(tried, Status.MET), count(tried, Status.NOT_MET), count(tried, Status.UNKNOWN)),
                tried.stream()
                        .sorted(Comparator.comparingInt(ExpectationController::urgency))
                        .map(ExpectationView.OutcomeView::of)
                        .toList(),
                AssumptionView.of(expectations.assumptions()));
    }

    private static int urgency(TriedExpectation tried) {
        return switch (tried.outcome().status()) {
            case NOT_MET -> 0;
            case UNKNOWN -> 1;
            case MET -> 2;
        };
    }

    private static long count(List<TriedExpectation> tried, Status status) {
        return tried.stream().filter(one -> one.outcome().status() == status).count();
    }

    @PostMapping
    @Writes
    @Operation(
            operationId = "addExpectation",
            summary = "Add an expectation",
            description = "Also one that is not met yet, or about a machine type that does not exist yet.",
            responses = @ApiResponse(responseCode = "201", description = "Added; its ETag and address in the headers."))
    ResponseEntity<ExpectationView> add(@RequestBody ExpectationBody body, WriteHeaders headers) {
        Expectation expectation = body.toDomain();
        scope.require(expectation.machineType());
        String description = body.descriptionOrNothing();
        WriteHeaders.Context context = headers.context("Expect that " + expectation);
        StoredExpectation stored = reading(
                "description",
                description,
                () -> store.add(expectation, description, context.author(), context.reason()));
        return ResponseEntity.created(URI.create("/api/v1/expectations/" + stored.id()))
                .eTag(etag(stored))
                .body(ExpectationView.of(stored));
    }

    @GetMapping("/{id}")
    @Versioned
    @Operation(
            operationId = "getExpectation",
            summary = "Get an expectation",
            description = "Its ETag is in the headers.")
    @Problems(ProblemType.UNKNOWN_EXPECTATION)
    ResponseEntity<ExpectationView> get(@Parameter(example = "1") @PathVariable long id) {
        return answer(store.current().get(id));
    }

    @PutMapping("/{id}")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR, WriteHeader.REASON})
    @Operation(
            operationId = "replaceExpectation",
            summary = "Replace an expectation",
            description = "The whole of it; it keeps its id.")
    @Problems({ProblemType.UNKNOWN_EXPECTATION, ProblemType.PRECONDITION_REQUIRED})
    ResponseEntity<ExpectationView> replace(
            @Parameter(example = "1") @PathVariable long id, @RequestBody ExpectationBody body, WriteHeaders headers) {
        ExpectedVersion expected = headers.expected();
        Expectation expectation = body.toDomain();
        requireScope(id);
        scope.require(expectation.machineType());
        String description = body.descriptionOrNothing();
        WriteHeaders.Context context = headers.context("Expect that " + expectation);
        return answer(reading(
                "description",
                description,
                () -> store.replace(id, expected, expectation, description, context.author(), context.reason())));
    }

    @DeleteMapping("/{id}")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR, WriteHeader.REASON})
    @Operation(
            operationId = "deleteExpectation",
            summary = "Delete an expectation",
            description = "The revisions keep what it was.",
            responses = @ApiResponse(responseCode = "204", description = "Deleted."))
    @Problems({ProblemType.UNKNOWN_EXPECTATION, ProblemType.PRECONDITION_REQUIRED})
    ResponseEntity<Void> delete(@Parameter(example = "1") @PathVariable long id, WriteHeaders headers) {
        ExpectedVersion expected = headers.expected();
        WriteHeaders.Context context = headers.context("Delete expectation " + id);
        requireScope(id);
        store.remove(id, expected, context.author(), context.reason());
        return ResponseEntity.noContent().build();
    }

    private void requireScope(long id) {
        scope.require(store.current().get(id).expectation().machineType());
    }

    private static ResponseEntity<ExpectationView> answer(StoredExpectation stored) {
        return ResponseEntity.ok().eTag(etag(stored)).body(ExpectationView.of(stored));
    }

    private static String etag(StoredExpectation stored) {
        return new EntityVersion(stored.revision()).etag();
    }
}
