package org.migreg.api.history;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Problems;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.history.JsonFeedView;
import org.migreg.contract.history.RevisionChangesView;
import org.migreg.contract.history.RevisionView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.revision.RevisionLog;
import org.migreg.web.Negotiation;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@RequestMapping("/api/v1/revisions")
@Tag(name = "Revisions", description = "Every write: who, when, why, before and after.")
record RevisionController(RevisionLog log) {

    private static final MediaType ATOM = MediaType.APPLICATION_ATOM_XML;
    private static final MediaType JSON_FEED = MediaType.parseMediaType("application/feed+json");

    @GetMapping
    @Operation(
            operationId = "listRevisions",
            summary = "List revisions after one, oldest first",
            description = "Ask again with since = the last number to go on. Also as a feed, newest first.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The revisions.",
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        array = @ArraySchema(schema = @Schema(implementation = RevisionView.class))),
                                @Content(mediaType = "application/atom+xml", schema = @Schema(type = "string")),
                                @Content(
                                        mediaType = "application/feed+json",
                                        schema = @Schema(implementation = JsonFeedView.class))
                            }))
    @Problems({ProblemType.NOT_ACCEPTABLE, ProblemType.DATABASE_UNAVAILABLE})
    ResponseEntity<?> list(
            @Parameter(
                            description =
                                    "The number of a revision, or a time such as 2026-11-26T18:00:00Z; those after it are"
                                            + " listed.",
                            example = "7")
                    @RequestParam(defaultValue = "0")
                    String since,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
                    @RequestParam(defaultValue = "100")
                    int limit,
            @Parameter(
                            description =
                                    "json, or newest first as a feed: atom, or feed for a JSON Feed; where left out, the"
                                            + " Accept header decides, and JSON goes first.",
                            schema = @Schema(allowableValues = {"json", "atom", "feed"}))
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        long after = after(since);
        if (limit < 1 || limit > RevisionLog.LONGEST_LISTING) {
            throw new InvalidFieldException("limit", limit, "limit must be 1 to " + RevisionLog.LONGEST_LISTING);
        }
        MediaType wanted = wanted(format, request);
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.ok().header(HttpHeaders.VARY, HttpHeaders.ACCEPT).contentType(wanted);
        if (wanted.equals(MediaType.APPLICATION_JSON)) {
            return answer.body(
                    log.listAfter(after, limit).stream().map(RevisionView::of).toList());
        }
        RevisionFeed feed = new RevisionFeed(
                ServletUriComponentsBuilder.fromContextPath(request)
                        .path("/api/v1/revisions")
                        .toUriString(),
                log.listBefore(Long.MAX_VALUE, limit).stream()
                        .filter(revision -> revision.number() > after)
                        .toList());
        return wanted.equals(ATOM) ? answer.body(feed.toAtom()) : answer.body(feed.toJson());
    }

    private long after(String since) {
        try {
            return since.matches("[0-9]{1,18}")
                    ? Long.parseLong(since)
                    : log.newestAt(OffsetDateTime.parse(since).toInstant());
        } catch (DateTimeParseException neither) {
            throw new InvalidFieldException(
                    "since",
                    since,
                    "since is the number of a revision, 0 or more, or a time such as 2026-11-26T18:00:00Z");
        }
    }

    private static MediaType wanted(@Nullable String format, HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        if (format != null) {
            return switch (format) {
                case "json" -> MediaType.APPLICATION_JSON;
                case "atom" -> ATOM;
                case "feed" -> JSON_FEED;
                default -> throw new InvalidFieldException("format", format, "format is json, atom or feed");
            };
        }
        return Negotiation.wanted(request, List.of(MediaType.APPLICATION_JSON, ATOM, JSON_FEED));
    }

    @GetMapping("/{number}")
    @Operation(
            operationId = "getRevision",
            summary = "Get a revision with what it changed",
            description = "Each change with the thing before and after, as JSON; null where it did not exist.")
    @Problems(ProblemType.UNKNOWN_REVISION)
    RevisionChangesView get(@Parameter(example = "1") @PathVariable long number) {
        return RevisionChangesView.of(log.changes(number));
    }
}
