package org.migreg.api.evaluation;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.PostedFiles;
import org.migreg.api.operation.PostedFiles.PostedCapture;
import org.migreg.api.operation.Problems;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.HostName;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.evaluation.EvaluationView;
import org.migreg.contract.evaluation.QemuFields;
import org.migreg.contract.evaluation.SavedGuestView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hoststore.StoredHost;
import org.migreg.qemu.Accelerator;
import org.migreg.question.side.CapturedList;
import org.migreg.question.side.CheckRequest;
import org.migreg.question.side.CheckResult;
import org.migreg.question.side.SideRequest;
import org.migreg.question.side.SideSaid;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1/saved-guests/evaluations")
@Tag(name = "Saved guests", description = "Can these images still be restored, after the host upgrade?")
record SavedGuestController(MoveCheck check) {

    private static final int MOST_HOSTS = 1000;

    /** Where a guest may be restored; with the host's name where the request gives one. */
    private record Target(
            CheckRequest.Destination destination, @Nullable HostName host) {

        /** A guest that KVM saved goes on on a host with the processor that it has seen. */
        CheckRequest.Destination of(Capture guest) {
            return destination.side() instanceof SideRequest.OfHost kind && guest.accelerator() == Accelerator.KVM
                    ? new CheckRequest.Destination(
                            new SideRequest.OfHost(
                                    kind.kernel(),
                                    kind.kernelPackage(),
                                    kind.cpuModel(),
                                    guest.midr(),
                                    kind.accelerator(),
                                    kind.vcpuFeatureSet(),
                                    kind.vcpuFeatures()),
                            destination.behaviour(),
                            destination.said())
                    : destination;
        }
    }

    /** Where to restore, and how. */
    record Query(
            @Parameter(description = "Kernels to restore on, to be looked up among the captures; may be repeated.")
            @Nullable
            List<KernelRelease> kernel,

            @Parameter(description = "Captures to restore on; may be repeated.") @Nullable
            List<CaptureId> capture,

            @Parameter(
                    description =
                            "Names of hosts to restore on, each with the capture that it has now; may be repeated.",
                    example = "compute-17.example.org")
            @Nullable
            List<HostName> host,

            @Parameter(
                    description =
                            "For the kernels: the hosts' CPU model; where left out, hosts with the processor whose MIDR"
                                    + " the image shows.",
                    example = "neoverse-v1")
            @Nullable
            String cpuModel,

            @Parameter(description = "For the kernels: the captured vCPU feature set; qemu-host where left out.")
            @Nullable
            String vcpuFeatureSet,

            @Parameter(description = "The guest's machine type, where the file does not say it.", example = "virt-10.0")
            @Nullable
            String machineType,

            @Parameter(description = Descriptions.REVISION) @Nullable
            Long revision) {}

    @PostMapping(consumes = MediaType.ALL_VALUE)
    @Operation(
            operationId = "evaluateSavedGuest",
            summary = "Can this saved guest be restored on these hosts?",
            description =
                    "Takes a saved guest in any form that /api/v1/captures takes, such as a migration stream, and evaluates the"
                            + " list and values in it against kernels, captures and hosts; each image in an answer of its own, with the"
                            + " hosts in the order kernels, captures, names. What the source would have hidden is not in the"
                            + " image. Stores nothing.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            description = "The file.",
                            content = {
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
                            }))
    @Problems({ProblemType.UNREADABLE_CAPTURE, ProblemType.UNRESOLVED_REFERENCE})
    List<SavedGuestView> evaluate(InputStream body, @ParameterObject Query query, @ParameterObject QemuFields qemu)
            throws IOException {
        List<Target> targets = targets(query, qemu);
        return evaluate(PostedFiles.guest(body), query, targets);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(operationId = "evaluateSavedGuest", summary = "Can these saved guests be restored on these hosts?")
    List<SavedGuestView> evaluateFiles(
            @RequestParam("file") List<MultipartFile> files,
            @ParameterObject Query query,
            @ParameterObject QemuFields qemu)
            throws IOException {
        List<Target> targets = targets(query, qemu);
        return evaluate(PostedFiles.guests(files), query, targets);
    }

    private List<Target> targets(Query query, QemuFields qemu) {
        LoadBehaviour said = qemu.nameOne() ? qemu.behaviour() : null;
        List<Target> targets = new ArrayList<>();
        for (KernelRelease kernel : orNone(query.kernel())) {
            SideRequest side = new SideRequest.OfHost(
                    kernel, null, query.cpuModel(), null, Accelerator.KVM, query.vcpuFeatureSet(), null);
            targets.add(new Target(check.destination(side, null, said, qemu.qemu(), null), null));
        }
        for (CaptureId capture : orNone(query.capture())) {
            SideRequest side = new SideRequest.OfCapture(capture);
            targets.add(new Target(check.destination(side, null, said, qemu.qemu(), null), null));
        }
        for (HostName name : orNone(query.host())) {
            StoredHost host = check.host("host", name);
            SideRequest side = new SideRequest.OfCapture(host.capture());
            targets.add(new Target(check.destination(side, host, said, qemu.qemu(), null), name));
        }
        if (targets.isEmpty() || targets.size() > MOST_HOSTS) {
            throw new InvalidFieldException(
                    "kernel",
                    targets.size() + " hosts",
                    "give 1 to " + MOST_HOSTS + " hosts as 'kernel', 'capture' or 'host'");
        }
        return targets;
    }

    private static <T> List<T> orNone(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }

    private List<SavedGuestView> evaluate(List<PostedCapture> images, Query query, List<Target> targets) {
        List<SavedGuestView> answers = new ArrayList<>();
        for (PostedCapture image : images) {
            Capture guest = image.read().capture();
            String machineType = guest.machineType() != null ? guest.machineType() : query.machineType();
            if (machineType == null) {
                throw new InvalidFieldException(
                        "machineType",
                        null,
                        (image.file() == null ? "the file" : image.file())
                                + " does not say the guest's machine type: give it as 'machineType'");
            }
            answers.add(answer(image, machineType, query, targets));
        }
        return answers;
    }

    private SavedGuestView answer(PostedCapture image, String machineType, Query query, List<Target> targets) {
        Capture guest = image.read().capture();
        CaptureReading found = image.read().reading();
        SideRequest source = new SideRequest.OfRegisters(
                guest.registers(), guest.kernel(), guest.cpuModel(), guest.accelerator(), null, null);
        List<EvaluationView> evaluations = new ArrayList<>();
        CheckRequest request = new CheckRequest(
                machineType,
                source,
                false,
                CapturedList.of(guest, SideSaid.NOTHING).said(),
                targets.stream().map(target -> target.of(guest)).toList(),
                query.revision());
        for (CheckResult result : check.answers(request, id -> "capture")) {
            evaluations.add(
                    MoveCheck.view(result, null, targets.get(evaluations.size()).host()));
        }
        return new SavedGuestView(
                image.file(),
                image.read().format(),
                machineType,
                found.vcpus().size(),
                found.disagreements(),
                evaluations.stream().allMatch(EvaluationView::mayMigrate),
                evaluations);
    }
}
