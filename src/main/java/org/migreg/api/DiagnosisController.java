package org.migreg.api;

import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.DiagnosisBody;
import org.migreg.contract.DiagnosisView;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ProblemType;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.policystore.PolicyStore;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/diagnoses")
@Tag(name = "Diagnoses", description = "What a failed migration's log means, and what would cure it.")
class DiagnosisController {

    private final PolicyStore policies;
    private final CaptureStore captures;

    DiagnosisController(PolicyStore policies, CaptureStore captures) {
        this.policies = policies;
        this.captures = captures;
    }

    @PostMapping
    @Operation(
            operationId = "diagnose",
            summary = "Diagnose a failed migration",
            description =
                    "Takes what QEMU (7.2 to 11.1, and builds with the x-mig series) or libvirt printed, with timestamps and"
                            + " whatever stands around it. Stores nothing.")
    @Problems({ProblemType.INVALID_FIELD, ProblemType.UNRESOLVED_REFERENCE})
    DiagnosisView diagnose(@RequestBody DiagnosisBody body) {
        String log = required("log", body.log(), "what QEMU or libvirt printed");
        try {
            return Diagnoses.of(
                    QemuLogReader.read(log),
                    policies.current().table(),
                    body.machineType(),
                    Kernels.release("sourceKernel", body.sourceKernel()),
                    Kernels.release("destinationKernel", body.destinationKernel()),
                    captures.current());
        } catch (UnreadableCaptureException unreadable) {
            throw new InvalidFieldException("log", log, String.valueOf(unreadable.getMessage()));
        }
    }
}
