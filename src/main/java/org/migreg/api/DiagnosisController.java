package org.migreg.api;

import static org.migreg.contract.InvalidFieldException.reading;
import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.capturestore.CaptureStore;
import org.migreg.capturestore.StoredCapture;
import org.migreg.check.diagnosis.Diagnosis;
import org.migreg.check.diagnosis.InvolvedRegister;
import org.migreg.check.diagnosis.LengthExplanation;
import org.migreg.check.diagnosis.ProposedEntry;
import org.migreg.contract.ConditionBody;
import org.migreg.contract.DiagnosisBody;
import org.migreg.contract.DiagnosisView;
import org.migreg.contract.EntryBody;
import org.migreg.contract.EntryView;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.KernelsBody;
import org.migreg.contract.ProblemType;
import org.migreg.contract.RegisterView;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyTable;
import org.migreg.policystore.PolicyStore;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;
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
        PolicyTable table = policies.current().table();
        String machineType = body.machineType();
        if (machineType != null && table.machineType(machineType) == null) {
            throw new UnresolvedReferenceException(
                    "machineType", machineType, "there is no machine type " + machineType);
        }
        try {
            return view(Diagnosis.of(
                    QemuLogReader.read(log),
                    table,
                    machineType,
                    kernel("sourceKernel", body.sourceKernel()),
                    kernel("destinationKernel", body.destinationKernel()),
                    captures.current().all().stream()
                            .map(StoredCapture::capture)
                            .toList()));
        } catch (UnreadableCaptureException unreadable) {
            throw new InvalidFieldException("log", log, String.valueOf(unreadable.getMessage()));
        }
    }

    private static @Nullable KernelRelease kernel(String field, @Nullable String text) {
        return text == null ? null : reading(field, text, () -> KernelRelease.parse(text));
    }

    private static DiagnosisView view(Diagnosis diagnosis) {
        return new DiagnosisView(
                diagnosis.behaviours().stream().map(LoadBehaviour::apiName).toList(),
                diagnosis.stages(),
                diagnosis.accelerator() == null ? null : diagnosis.accelerator().toString(),
                diagnosis.sentences(),
                diagnosis.registers().stream().map(DiagnosisController::view).toList(),
                diagnosis.lengthExplanations().stream()
                        .map(DiagnosisController::view)
                        .toList(),
                diagnosis.cures().stream().map(DiagnosisController::view).toList());
    }

    private static DiagnosisView.Involved view(InvolvedRegister involved) {
        return new DiagnosisView.Involved(
                RegisterView.of(involved.register()),
                involved.role().name(),
                value(involved.incoming()),
                value(involved.current()),
                involved.entries().stream().map(EntryView::of).toList(),
                involved.sentence());
    }

    private static @Nullable String value(@Nullable Long bits) {
        return bits == null ? null : new RegisterValue(bits).toString();
    }

    private static DiagnosisView.LengthPair view(LengthExplanation explanation) {
        return new DiagnosisView.LengthPair(
                explanation.source().id().text(),
                release(explanation.source()),
                explanation.destination().id().text(),
                release(explanation.destination()),
                explanation.source().cpuModel(),
                explanation.source().vcpuFeatureSet(),
                explanation.behaviour().apiName(),
                explanation.extra().stream().map(RegisterId::toString).toList(),
                explanation.absent().stream().map(RegisterId::toString).toList());
    }

    private static @Nullable String release(Capture capture) {
        KernelRelease kernel = capture.kernel();
        return kernel == null ? null : kernel.text();
    }

    private static DiagnosisView.Cure view(ProposedEntry cure) {
        return new DiagnosisView.Cure(
                cure.machineType(),
                new EntryBody(
                        cure.property().toString(),
                        cure.register().toString(),
                        KernelsBody.of(cure.kernels()),
                        ConditionBody.of(cure.condition()),
                        cure.rationale(),
                        cure.references()));
    }
}
