package org.migreg.api.diagnosis;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Problems;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.diagnosis.DiagnosisBody;
import org.migreg.contract.diagnosis.DiagnosisView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policystore.PolicyStore;
import org.migreg.registry.HostQuestions;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/diagnoses")
@Tag(name = "Diagnoses", description = "What a failed migration's log means, and what would cure it.")
record DiagnosisController(PolicyStore policies, CaptureStore captures, HostQuestions hosts) {

    private static final String LOG = "what QEMU or libvirt printed";

    /** What the caller knows of a log that is the body itself. */
    record Known(
            @Parameter(description = "The guest's machine type.", example = "virt-10.1") @Nullable
            String machineType,

            @Parameter(description = "The source's kernel release.") @Nullable
            KernelRelease sourceKernel,

            @Parameter(description = "The destination's kernel release.") @Nullable
            KernelRelease destinationKernel) {}

    @PostMapping(
            consumes = {
                MediaType.TEXT_PLAIN_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE,
                "application/gzip",
                "application/x-gzip",
                "application/x-xz",
                "application/zstd"
            })
    @Operation(
            operationId = "diagnose",
            summary = "Diagnose a failed migration: the log itself",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string"))))
    DiagnosisView diagnose(InputStream log, @ParameterObject Known known) throws IOException {
        String text;
        try {
            text = QemuLogReader.text(log);
        } catch (UnreadableCaptureException unreadable) {
            throw new InvalidFieldException("log", null, String.valueOf(unreadable.getMessage()));
        }
        return diagnosis(text, known.machineType(), known.sourceKernel(), known.destinationKernel());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "diagnose",
            summary = "Diagnose a failed migration",
            description =
                    "Takes what QEMU (7.2 to 11.1, and builds with the x-mig series) or libvirt printed, with timestamps and"
                            + " whatever stands around it: in JSON, or as a text by itself with the parameters, which may be"
                            + " packed (gzip, bzip2, xz, zstd). Mail's line breaks and marks, escapes of JSON, YAML and HTML"
                            + " are taken back. Of several loads the last is diagnosed, and the earlier ones each for itself."
                            + " Stores nothing.")
    @Problems(ProblemType.UNRESOLVED_REFERENCE)
    DiagnosisView diagnose(@RequestBody DiagnosisBody body) {
        return diagnosis(body.log(), body.machineType(), body.sourceKernel(), body.destinationKernel());
    }

    private DiagnosisView diagnosis(
            String log,
            @Nullable String machineType,
            @Nullable KernelRelease sourceKernel,
            @Nullable KernelRelease destinationKernel) {
        if (log.isBlank()) {
            throw new InvalidFieldException("log", null, "the log is empty: give " + LOG);
        }
        try {
            return Diagnoses.of(
                    QemuLogReader.loads(log),
                    policies.current().table(),
                    machineType,
                    sourceKernel,
                    destinationKernel,
                    captures.current(),
                    hosts::kernelOf);
        } catch (UnreadableCaptureException unreadable) {
            throw new InvalidFieldException("log", log, String.valueOf(unreadable.getMessage()));
        }
    }
}
