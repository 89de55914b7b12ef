package org.migreg.api.sample;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Writes;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ItemsView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.sample.SampleBody;
import org.migreg.contract.sample.SampleView;
import org.migreg.question.sample.LogMasking;
import org.migreg.samplestore.SampleStore;
import org.migreg.samplestore.UnreadSample;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/unread-samples")
@Tag(
        name = "Unread samples",
        description = "Logs that were not understood and that somebody agreed to keep; read by administrators only.")
class SampleController {

    private final SampleStore samples;

    SampleController(SampleStore samples) {
        this.samples = samples;
    }

    @PostMapping
    @Writes(WriteHeader.AUTHOR)
    @Operation(
            operationId = "keepSample",
            summary = "Keep a log that was not understood",
            description =
                    "Only on explicit consent. At most 200 are kept, until they are deleted. A sample is a record:"
                            + " no revision is made of it.",
            responses = @ApiResponse(responseCode = "201", description = "Kept; its address in the headers."))
    @Problems({ProblemType.INVALID_FIELD, ProblemType.SAMPLES_FULL})
    ResponseEntity<SampleView> keep(@RequestBody SampleBody body, WriteHeaders headers) {
        if (!body.consent()) {
            throw new InvalidFieldException(
                    "consent",
                    "false",
                    "a log is kept only if whoever has it agrees: write true, or keep it to yourself");
        }
        String log = body.log().strip();
        if (log.isEmpty() || log.length() > SampleStore.LONGEST_LOG) {
            throw new InvalidFieldException(
                    "log",
                    null,
                    "a log to keep has 1 to 65,536 characters, and this one has " + log.length()
                            + ": give the lines around the failure");
        }
        String note = Objects.requireNonNullElse(body.note(), "").strip();
        if (note.length() > SampleStore.LONGEST_NOTE) {
            throw new InvalidFieldException("note", note, "a note has at most 1,000 characters");
        }
        boolean mask = !Boolean.FALSE.equals(body.mask());
        List<String> texts = mask ? LogMasking.masked(List.of(log, note)) : List.of(log, note);
        UnreadSample kept = samples.keep(
                cut(texts.getFirst(), SampleStore.LONGEST_LOG),
                mask,
                cut(texts.getLast(), SampleStore.LONGEST_NOTE),
                headers.author());
        return ResponseEntity.created(URI.create("/api/v1/unread-samples/" + kept.id()))
                .body(view(kept, true));
    }

    /** Masking may make a text longer, by a name of one letter. */
    private static String cut(String masked, int longest) {
        return masked.substring(0, Math.min(masked.length(), longest));
    }

    @GetMapping
    @Operation(
            operationId = "listSamples",
            summary = "List logs that were kept",
            description = "The newest first, without the logs.")
    @Problems({ProblemType.INVALID_FIELD, ProblemType.DATABASE_UNAVAILABLE})
    ItemsView<SampleView> list(
            @Parameter(schema = @Schema(type = "integer", minimum = "0")) @RequestParam(defaultValue = "0") long offset,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
                    @RequestParam(defaultValue = "1000")
                    int limit) {
        return ItemsView.page(
                samples.all().stream().map(sample -> view(sample, false)).toList(), offset, limit);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getSample", summary = "Get a log that was kept")
    @Problems({ProblemType.INVALID_FIELD, ProblemType.UNKNOWN_SAMPLE, ProblemType.DATABASE_UNAVAILABLE})
    SampleView get(@Parameter(example = "7") @PathVariable long id) {
        return view(samples.get(id), true);
    }

    @DeleteMapping("/{id}")
    @Writes({})
    @Operation(
            operationId = "deleteSample",
            summary = "Delete a log that was kept",
            description = "For good.",
            responses = @ApiResponse(responseCode = "204", description = "Deleted."))
    @Problems({ProblemType.INVALID_FIELD, ProblemType.UNKNOWN_SAMPLE})
    ResponseEntity<Void> delete(@Parameter(example = "7") @PathVariable long id) {
        samples.delete(id);
        return ResponseEntity.noContent().build();
    }

    private static SampleView view(UnreadSample sample, boolean withLog) {
        return new SampleView(
                sample.id(),
                sample.keptAt(),
                sample.keptBy(),
                sample.masked(),
                sample.note(),
                sample.log().length(),
                withLog ? sample.log() : null);
    }
}
