package org.migreg.api.evaluation;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Problems;
import org.migreg.contract.evaluation.BatchBody;
import org.migreg.contract.evaluation.DestinationBody;
import org.migreg.contract.evaluation.EvaluationBody;
import org.migreg.contract.evaluation.EvaluationView;
import org.migreg.contract.evaluation.SourceBody;
import org.migreg.contract.problem.ProblemType;
import org.migreg.hoststore.StoredHost;
import org.migreg.question.side.CheckRequest;
import org.migreg.question.side.CheckResult;
import org.migreg.question.side.SideRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/evaluations")
@Tag(name = "Evaluations", description = "The pre-migration check: may this guest go from this host to that one?")
record EvaluationController(MoveCheck check) {

    @PostMapping
    @Operation(
            operationId = "evaluate",
            summary = "May this guest go from this host to that one?",
            description =
                    "Answers 200 with a verdict whatever the verdict is; what is not known is UNKNOWN. mayMigrate is true for"
                            + " COMPATIBLE and COMPATIBLE_WITH_WARNINGS alone.")
    @Problems({ProblemType.UNRESOLVED_REFERENCE, ProblemType.DATABASE_UNAVAILABLE})
    EvaluationView evaluate(@RequestBody EvaluationBody body) {
        return answer(
                        body.machineType(),
                        body.source(),
                        List.of(body.destination()),
                        body.revision(),
                        List.of("destination"))
                .getFirst();
    }

    @PostMapping("/batch")
    @Operation(
            operationId = "evaluateBatch",
            summary = "To which of these hosts may this guest go?",
            description = "One source and up to 1,000 destinations; the answers come in their order.")
    @Problems({ProblemType.UNRESOLVED_REFERENCE, ProblemType.DATABASE_UNAVAILABLE})
    List<EvaluationView> evaluateBatch(@RequestBody BatchBody body) {
        return answer(
                body.machineType(),
                body.source(),
                body.destinations(),
                body.revision(),
                IntStream.range(0, body.destinations().size())
                        .mapToObj(i -> "destinations[" + i + "]")
                        .toList());
    }

    private List<EvaluationView> answer(
            String machineType,
            SourceBody source,
            List<DestinationBody> given,
            @Nullable Long revision,
            List<String> fields) {
        List<CheckRequest.Destination> destinations = new ArrayList<>(given.size());
        for (int i = 0; i < given.size(); i++) {
            destinations.add(check.destination(given.get(i), fields.get(i)));
        }
        StoredHost host = check.named("source", source.of());
        MoveCheck.Source ofSource = check.source(source, host);
        CheckRequest request = new CheckRequest(
                machineType,
                source.request(name -> Objects.requireNonNull(host).capture()),
                ofSource.xMigProperties(),
                ofSource.said(),
                destinations,
                revision);
        List<EvaluationView> answers = new ArrayList<>(destinations.size());
        for (CheckResult result : check.answers(request, id -> fieldOf(id, source, destinations, fields))) {
            answers.add(MoveCheck.view(
                    result, source.of().host(), given.get(answers.size()).of().host()));
        }
        return answers;
    }

    private static String fieldOf(
            String capture, SourceBody source, List<CheckRequest.Destination> destinations, List<String> fields) {
        if (source.of().capture() != null && source.of().capture().text().equals(capture)) {
            return "source.capture";
        }
        for (int i = 0; i < destinations.size(); i++) {
            if (destinations.get(i).side() instanceof SideRequest.OfCapture side
                    && side.capture().text().equals(capture)) {
                return fields.get(i) + ".capture";
            }
        }
        return "destination.capture";
    }
}
