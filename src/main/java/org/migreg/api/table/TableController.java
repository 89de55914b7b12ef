package org.migreg.api.table;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Writes;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.table.TablePlanView;
import org.migreg.format.tablefile.TableFileFormat;
import org.migreg.format.tablefile.TableFileReader;
import org.migreg.format.tablefile.TableFileWriter;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.change.TablePlan;
import org.migreg.policystore.PolicyStore;
import org.migreg.registry.CurrentHosts;
import org.migreg.registry.publication.TablePublication;
import org.migreg.web.Negotiation;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Tables", description = "Tables as files, in YAML or JSON; openapi/table-file.schema.json describes them.")
record TableController(PolicyStore store, TablePublication publication, CurrentHosts knownHosts) {

    private static final String YAML = "application/yaml";
    private static final String FORMAT =
            "yaml or json; where left out, the Accept header decides, and JSON goes first.";

    @GetMapping("/tables")
    @Operation(
            operationId = "exportTables",
            summary = "The whole registry as a table file",
            description = "Always in one order, so that the difference between two exports is small.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The file.",
                            content = {
                                @Content(mediaType = "application/json", schema = @Schema(type = "object")),
                                @Content(mediaType = YAML, schema = @Schema(type = "string"))
                            }))
    @Problems({ProblemType.UNKNOWN_REVISION, ProblemType.NOT_ACCEPTABLE})
    ResponseEntity<byte[]> export(
            @Parameter(description = FORMAT, schema = @Schema(allowableValues = {"yaml", "json"}))
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        TableFileFormat wanted = wanted(format, request);
        return file(ProposedTable.of(store.currentOr(revision).table()), wanted);
    }

    @GetMapping("/machine-types/{name}/table")
    @Operation(
            operationId = "exportTable",
            summary = "One machine type with its own entries as a table file",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The file.",
                            content = {
                                @Content(mediaType = "application/json", schema = @Schema(type = "object")),
                                @Content(mediaType = YAML, schema = @Schema(type = "string"))
                            }))
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_REVISION, ProblemType.NOT_ACCEPTABLE})
    ResponseEntity<byte[]> exportOne(
            @Parameter(example = "virt-10.2") @PathVariable String name,
            @Parameter(description = FORMAT, schema = @Schema(allowableValues = {"yaml", "json"}))
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        TableFileFormat wanted = wanted(format, request);
        TableRevision tables = store.currentOr(revision);
        tables.table().require(name);
        return file(ProposedTable.of(tables.table(), name), wanted);
    }

    @PostMapping(
            path = "/tables/apply",
            consumes = {MediaType.APPLICATION_JSON_VALUE, YAML, "application/x-yaml", "text/yaml"})
    @Writes({WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(
            operationId = "applyTable",
            summary = "Make the tables what a file says",
            description =
                    "Answers the plan. All of it is one revision, or none of it is done; a file that changes nothing makes"
                            + " no revision.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            description = "A table file.",
                            content = {
                                @Content(mediaType = "application/json", schema = @Schema(type = "object")),
                                @Content(mediaType = YAML, schema = @Schema(type = "string"))
                            }))
    @Problems({
        ProblemType.UNKNOWN_PARENT,
        ProblemType.INHERITANCE_CYCLE,
        ProblemType.MACHINE_TYPE_IN_USE,
        ProblemType.DUPLICATE_ENTRY,
        ProblemType.STALE_VERSION
    })
    TablePlanView apply(
            @RequestBody byte[] body,
            @Parameter(description = "Answer the plan and do nothing.") @RequestParam(defaultValue = "false")
                    boolean dryRun,
            @Parameter(
                            description =
                                    "Remove what the file covers and does not have: entries of the machine types that it"
                                            + " names; with 'covers: registry' every machine type that it does not name, too.")
                    @RequestParam(defaultValue = "false")
                    boolean prune,
            WriteHeaders headers,
            HttpServletRequest request) {
        String contentType = request.getContentType();
        TableFileFormat format =
                contentType != null && contentType.toLowerCase(Locale.ROOT).contains("yaml")
                        ? TableFileFormat.YAML
                        : TableFileFormat.JSON;
        String why = headers.override();
        WriteHeaders.Context context = headers.context("Apply a table file" + (prune ? " and prune" : ""));
        ProposedTable wanted = TableFileReader.read(TableChanges.decoded(body), format);
        TableRevision before = store.current();
        TablePlan plan = TablePlan.between(before.table(), wanted, prune);
        return TableChanges.carryOut(publication, store, knownHosts.get().hosts(), plan, before, dryRun, context, why);
    }

    private static ResponseEntity<byte[]> file(ProposedTable table, TableFileFormat format) {
        return ResponseEntity.ok()
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .contentType(MediaType.parseMediaType(format.mediaType()))
                .body(TableFileWriter.write(table, format).getBytes(StandardCharsets.UTF_8));
    }

    private static TableFileFormat wanted(@Nullable String format, HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        if (format != null) {
            return switch (format.toLowerCase(Locale.ROOT)) {
                case "yaml" -> TableFileFormat.YAML;
                case "json" -> TableFileFormat.JSON;
                default -> throw new InvalidFieldException("format", format, "format is yaml or json");
            };
        }
        List<MediaType> possible = List.of(
                MediaType.APPLICATION_JSON,
                MediaType.parseMediaType(YAML),
                MediaType.parseMediaType("application/x-yaml"),
                MediaType.parseMediaType("text/yaml"));
        MediaType wanted = Negotiation.wanted(request, possible);
        return wanted.getSubtype().contains("json") ? TableFileFormat.JSON : TableFileFormat.YAML;
    }
}
