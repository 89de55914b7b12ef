package org.migreg.api.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.StoredCapture;
import org.migreg.contract.diagnosis.DiagnosisView;
import org.migreg.contract.entry.EntryBody;
import org.migreg.contract.entry.EntryView;
import org.migreg.contract.register.RegisterView;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.format.qemulog.LogContext;
import org.migreg.format.qemulog.LogReading;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.PolicyTable;
import org.migreg.question.diagnosis.CuringEntry;
import org.migreg.question.diagnosis.Diagnosis;
import org.migreg.question.diagnosis.InvolvedRegister;
import org.migreg.question.diagnosis.LengthExplanation;
import org.migreg.question.diagnosis.RecordedHosts;
import org.migreg.question.diagnosis.Suggestion;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;
import org.migreg.web.errors.UnresolvedReferenceException;

/** What logs mean, for every address that takes one. */
public final class Diagnoses {

    private Diagnoses() {}

    public static DiagnosisView of(
            List<LogReading> loads,
            PolicyTable table,
            @Nullable String machineType,
            @Nullable KernelRelease source,
            @Nullable KernelRelease destination,
            CaptureIndex captures,
            RecordedHosts hosts) {
        if (machineType != null && table.machineType(machineType) == null) {
            throw new UnresolvedReferenceException(
                    "machineType", machineType, "there is no machine type " + machineType);
        }
        return view(Diagnosis.of(
                loads,
                table,
                machineType,
                source,
                destination,
                captures.all().stream().map(StoredCapture::capture).toList(),
                hosts));
    }

    private static DiagnosisView view(Diagnosis diagnosis) {
        return new DiagnosisView(
                diagnosis.summary(),
                diagnosis.understood(),
                diagnosis.proved(),
                diagnosis.suggested().stream()
                        .map(suggestion -> new DiagnosisView.Suggested(suggestion.sentence(), suggestion.proof()))
                        .toList(),
                diagnosis.next(),
                view(diagnosis.log()),
                diagnosis.behaviours().stream().map(LoadBehaviour::apiName).toList(),
                diagnosis.stages(),
                diagnosis.accelerator() == null ? null : diagnosis.accelerator().toString(),
                diagnosis.registers().stream().map(Diagnoses::view).toList(),
                diagnosis.lengthExplanations().stream().map(Diagnoses::view).toList(),
                diagnosis.cures().stream().map(Diagnoses::view).toList(),
                diagnosis.earlier().stream().map(Diagnoses::view).toList());
    }

    private static DiagnosisView.Told view(LogContext log) {
        return new DiagnosisView.Told(
                log.program(),
                log.architecture(),
                log.qemuVersion(),
                log.qemuPackage(),
                log.kernelRelease(),
                log.host(),
                log.machineType(),
                log.cpu(),
                log.start());
    }

    private static DiagnosisView.Involved view(InvolvedRegister involved) {
        Suggestion suggestion = involved.suggestion();
        return new DiagnosisView.Involved(
                RegisterView.of(involved.register()),
                involved.role().name(),
                RegisterValue.text(involved.incoming()),
                RegisterValue.text(involved.current()),
                involved.entries().stream().map(EntryView::of).toList(),
                involved.sentence(),
                suggestion == null ? null : suggestion.sentence(),
                involved.next());
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

    private static DiagnosisView.Cure view(CuringEntry cure) {
        return new DiagnosisView.Cure(cure.machineType(), EntryBody.of(cure.content()), cure.isAlternative());
    }
}
