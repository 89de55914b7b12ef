package org.migreg.api.capture;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.migreg.api.diagnosis.Diagnoses;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.PostedFiles;
import org.migreg.api.operation.PostedFiles.PostedCapture;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Writes;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.StoredCapture;
import org.migreg.capturestore.Added;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ItemsView;
import org.migreg.contract.Paging;
import org.migreg.contract.capture.CaptureDiffView;
import org.migreg.contract.capture.CaptureFilter;
import org.migreg.contract.capture.CaptureSummary;
import org.migreg.contract.capture.CaptureView;
import org.migreg.contract.capture.HostFacts;
import org.migreg.contract.capture.IntakeView;
import org.migreg.contract.diagnosis.DiagnosisView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.format.capturejson.CaptureJsonWriter;
import org.migreg.format.plaintext.PlainTextWriter;
import org.migreg.format.qemulog.LogReading;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.side.NoSuchCaptureException;
import org.migreg.register.RegisterId;
import org.migreg.registry.HostQuestions;
import org.migreg.web.WriteHeaders;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1/captures")
@Tag(name = "Captures", description = "Register lists of hosts, under the digest of their content.")
record CaptureController(CaptureStore store, PolicyStore policies, HostQuestions hosts) {

    @GetMapping
    @Operation(
            operationId = "listCaptures",
            summary = "List captures",
            description = "By kernel, CPU model and vCPU feature set; without their registers.")
    ItemsView<CaptureSummary> list(@ParameterObject CaptureFilter filter, @ParameterObject Paging paging) {
        return paging.of(store.current().matching(filter.wanted()), 100).map(CaptureSummary::of);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getCapture", summary = "Get a capture with its registers")
    @Problems(ProblemType.UNKNOWN_CAPTURE)
    CaptureView get(@Parameter(example = Descriptions.CAPTURE) @PathVariable CaptureId id) {
        StoredCapture stored = find(id);
        return CaptureView.of(CaptureSummary.of(stored), stored.capture());
    }

    @GetMapping("/{a}/diff/{b}")
    @Operation(
            operationId = "diffCaptures",
            summary = "What two captures have apart",
            description =
                    "Registers that only one of them has, and differing values, each decoded and with the entries that name"
                            + " it.")
    @Problems(ProblemType.UNKNOWN_CAPTURE)
    CaptureDiffView diff(
            @Parameter(example = Descriptions.CAPTURE) @PathVariable CaptureId a,
            @Parameter(example = Descriptions.CAPTURE) @PathVariable CaptureId b) {
        StoredCapture first = find(a);
        StoredCapture second = find(b);
        return CaptureDiffView.of(
                CaptureSummary.of(first),
                first.capture().registers(),
                CaptureSummary.of(second),
                second.capture().registers(),
                policies.current().table());
    }

    @GetMapping("/{id}/export")
    @Operation(
            operationId = "exportCapture",
            summary = "Export a capture",
            description =
                    "As migreg's JSON, as plain text with one register a line, or as the value of an x-mig property.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = {
                                @Content(mediaType = "application/json", schema = @Schema(type = "object")),
                                @Content(mediaType = "text/plain", schema = @Schema(type = "string"))
                            }))
    @Problems(ProblemType.UNKNOWN_CAPTURE)
    ResponseEntity<String> export(
            @Parameter(example = Descriptions.CAPTURE) @PathVariable CaptureId id,
            @Parameter(schema = @Schema(allowableValues = {"json", "text", "x-mig"}))
                    @RequestParam(defaultValue = "json")
                    String format) {
        Capture capture = find(id).capture();
        return switch (format) {
            case "json" ->
                ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(CaptureJsonWriter.write(capture));
            case "text" -> ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(PlainTextWriter.write(capture));
            case "x-mig" ->
                ResponseEntity.ok()
                        .contentType(MediaType.TEXT_PLAIN)
                        .body(capture.registers().ids().stream()
                                .map(RegisterId::toString)
                                .collect(Collectors.joining(",")));
            default -> throw new InvalidFieldException("format", format, "format is json, text or x-mig");
        };
    }

    private StoredCapture find(CaptureId id) {
        return store.byId(id).orElseThrow(() -> new NoSuchCaptureException(id));
    }

    private static SaidOfHost said(HostFacts facts) {
        return facts.said(refused -> {
            throw refused;
        });
    }

    @PostMapping(consumes = MediaType.ALL_VALUE)
    @Writes
    @Operation(
            operationId = "addCapture",
            summary = "Post a capture: the file itself",
            description =
                    "Recognises the format by the content: {captureFormats}. Files packed with {packings} are unpacked. A"
                            + " stream of many GB is better sent as the body than as a part, which is kept on disk while it is"
                            + " read. The same capture again stores nothing new. Of what was printed of a failed migration"
                            + " nothing is stored: its diagnosis is among the logs of the answer, for the machine type and"
                            + " destination kernel that the parameters name.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            description = "The file.",
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(types = {"object", "array"}),
                                        examples =
                                                @ExampleObject(
                                                        name = "a short list",
                                                        value =
                                                                "{\"kernelRelease\": \"6.12.107+deb13-arm64\", \"cpuModel\":"
                                                                        + " \"neoverse-v1\", \"accelerator\": \"kvm\","
                                                                        + " \"registers\": [[\"0x603000000013c103\", \"0x0\"]]}")),
                                @Content(mediaType = "text/plain", schema = @Schema(type = "string")),
                                @Content(
                                        mediaType = "application/octet-stream",
                                        schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = "multipart/form-data",
                                        schema = @Schema(requiredProperties = "file"),
                                        schemaProperties =
                                                @SchemaProperty(
                                                        name = "file",
                                                        array =
                                                                @ArraySchema(
                                                                        schema =
                                                                                @Schema(
                                                                                        type = "string",
                                                                                        format = "binary"))))
                            }),
            responses = {
                @ApiResponse(responseCode = "201", description = "Stored."),
                @ApiResponse(responseCode = "200", description = "Known already, or a dry run: nothing was stored.")
            })
    @Problems({ProblemType.UNREADABLE_CAPTURE, ProblemType.UNRESOLVED_REFERENCE})
    ResponseEntity<IntakeView> add(
            InputStream body,
            @ParameterObject HostFacts facts,
            @Parameter(description = "Read and answer, and store nothing.") @RequestParam(defaultValue = "false")
                    boolean dryRun,
            WriteHeaders headers)
            throws IOException {
        return store(PostedFiles.body(body, said(facts)), facts, dryRun, headers);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Writes
    @Operation(
            operationId = "addCapture",
            summary = "Post several files of captures",
            responses = {
                @ApiResponse(responseCode = "201", description = "Stored."),
                @ApiResponse(responseCode = "200", description = "Known already, or a dry run: nothing was stored.")
            })
    ResponseEntity<IntakeView> addFiles(
            @RequestParam("file") List<MultipartFile> files,
            @ParameterObject HostFacts facts,
            @Parameter(description = "Read and answer, and store nothing.") @RequestParam(defaultValue = "false")
                    boolean dryRun,
            WriteHeaders headers)
            throws IOException {
        return store(PostedFiles.files(files, said(facts)), facts, dryRun, headers);
    }

    private ResponseEntity<IntakeView> store(
            PostedFiles posted, HostFacts facts, boolean dryRun, WriteHeaders headers) {
        List<PostedCapture> read = posted.captures();
        List<IntakeView.Log> logs = posted.logs().stream()
                .map(log -> IntakeView.Log.of(log.file(), QemuLogReader.FORMAT, diagnosis(log.loads(), facts)))
                .toList();
        List<IntakeView.Item> items = new ArrayList<>();
        int created = 0;
        if (dryRun) {
            Set<CaptureId> given = new HashSet<>();
            for (PostedCapture each : read) {
                CaptureId id = each.read().capture().id();
                Optional<StoredCapture> there = store.byId(id);
                CaptureSummary summary = there.map(CaptureSummary::of)
                        .orElseGet(
                                () -> CaptureSummary.of(id.text(), each.read().capture()));
                items.add(IntakeView.Item.of(each.file(), each.read(), summary, given.add(id) && there.isEmpty()));
            }
        } else if (!read.isEmpty()) {
            WriteHeaders.Context context =
                    headers.context(read.size() == 1 ? "Add a capture" : "Add " + read.size() + " captures");
            Added added = store.add(
                    read.stream().map(each -> each.read().capture()).toList(), context.author(), context.reason());
            created = added.created();
            for (int i = 0; i < read.size(); i++) {
                Added.Item item = added.items().get(i);
                items.add(IntakeView.Item.of(
                        read.get(i).file(), read.get(i).read(), CaptureSummary.of(item.stored()), item.created()));
            }
        }
        String only = items.size() == 1 ? items.getFirst().capture().id() : null;
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(created > 0 ? HttpStatus.CREATED : HttpStatus.OK);
        if (only != null && !dryRun) {
            answer.location(URI.create("/api/v1/captures/" + only));
        }
        return answer.body(new IntakeView(only, dryRun, created, items, logs));
    }

    private DiagnosisView diagnosis(List<LogReading> log, HostFacts facts) {
        return Diagnoses.of(
                log,
                policies.current().table(),
                facts.machineType(),
                null,
                facts.kernel() == null ? null : KernelRelease.parse(facts.kernel()),
                store.current(),
                hosts::kernelOf);
    }
}
