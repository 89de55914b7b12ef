package org.migreg.api.host;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureQuery;
import org.migreg.capture.HostName;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.KernelView;
import org.migreg.contract.Paging;
import org.migreg.contract.entry.KnownEvents;
import org.migreg.contract.host.DriftView;
import org.migreg.contract.register.RegisterView;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hoststore.HostStore;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.drift.CaptureDifference;
import org.migreg.question.drift.Deviation;
import org.migreg.question.drift.Drift;
import org.migreg.question.drift.HostKind;
import org.migreg.question.drift.KnownCapture;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/drift")
@Tag(name = "Drift", description = "Hosts and captures that leave the baseline of their kernel.")
record DriftController(HostStore hosts, CaptureStore captures, PolicyStore policies) {

    private static final int SHOWN_HOSTS = 100;

    @GetMapping
    @Operation(
            operationId = "findDrift",
            summary = "Find hosts and captures that leave the baseline of their kernel",
            description =
                    "Each difference comes with the entries that name its register. Hosts of one kind have the same kernel release and package, CPU, accelerator, vCPU features, QEMU and"
                            + " machine type. The baseline is the list that most hosts of the kind have. offset and limit hold"
                            + " for either list.")
    DriftView find(
            @Parameter(description = "Only this kernel: uname -r.", example = "6.12.107+deb13-arm64")
                    @RequestParam(required = false)
                    @Nullable
                    KernelRelease kernel,
            @ParameterObject Paging paging) {
        SortedMap<CaptureId, List<HostName>> byCapture = hosts.byCapture();
        List<KnownCapture> known = captures
                .current()
                .matching(new CaptureQuery(
                        kernel == null ? null : kernel.text(), null, null, null, null, null, null, null))
                .stream()
                .map(stored -> new KnownCapture(
                        stored.id(),
                        stored.capture(),
                        stored.addedAt(),
                        hostsOf(byCapture, stored.id()).size()))
                .toList();
        KnownEvents events = KnownEvents.of(policies.current().table());
        return new DriftView(
                paging.of(Drift.ofHosts(known), 100).map(deviation -> view(deviation, byCapture, events)),
                paging.of(Drift.ofKernels(known), 100).map(deviation -> view(deviation, byCapture, events)));
    }

    private static List<HostName> hostsOf(SortedMap<CaptureId, List<HostName>> byCapture, CaptureId capture) {
        return byCapture.getOrDefault(capture, List.of());
    }

    private static DriftView.Item view(
            Deviation deviation, SortedMap<CaptureId, List<HostName>> byCapture, KnownEvents events) {
        CaptureDifference difference = deviation.difference();
        return new DriftView.Item(
                view(deviation.kind()),
                deviation.baseline().text(),
                deviation.baselineHosts(),
                deviation.tied(),
                deviation.capture().text(),
                deviation.hosts(),
                hostsOf(byCapture, deviation.capture()).stream()
                        .limit(SHOWN_HOSTS)
                        .map(HostName::text)
                        .toList(),
                drifted(difference.added(), events),
                drifted(difference.missing(), events),
                difference.changed().stream()
                        .map(changed -> new DriftView.ChangedValue(
                                RegisterView.of(changed.register()),
                                new RegisterValue(changed.baseline()).toString(),
                                new RegisterValue(changed.value()).toString(),
                                events.about(changed.register())))
                        .toList());
    }

    private static List<DriftView.DriftedRegister> drifted(List<RegisterId> registers, KnownEvents events) {
        return registers.stream()
                .map(register -> new DriftView.DriftedRegister(RegisterView.of(register), events.about(register)))
                .toList();
    }

    private static DriftView.Kind view(HostKind kind) {
        return new DriftView.Kind(
                KernelView.of(kind.kernel()),
                kind.kernelPackage(),
                kind.cpu(),
                kind.accelerator().toString(),
                kind.vcpuFeatureSet(),
                kind.vcpuFeatures(),
                kind.qemu() == null ? null : kind.qemu().text(),
                kind.machineType());
    }
}
