package org.migreg.api.evaluation;

import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.Problems;
import org.migreg.capture.Capture;
import org.migreg.contract.advice.FleetFields;
import org.migreg.contract.evaluation.AssumptionView;
import org.migreg.contract.evaluation.MatrixView;
import org.migreg.contract.evaluation.QemuFields;
import org.migreg.contract.evaluation.SourceFields;
import org.migreg.contract.problem.ProblemType;
import org.migreg.evaluation.Assumption;
import org.migreg.question.fleet.FleetAssumptions;
import org.migreg.question.matrix.MatrixRequest;
import org.migreg.registry.KernelPairMatrix;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/matrix")
@Tag(name = "Matrix", description = "Which kernels can exchange guests.")
record MatrixController(KernelPairMatrix matrix) {

    private static final String[] COLUMNS = {
        "cpuModel",
        "accelerator",
        "vcpuFeatureSet",
        "sourceKernel",
        "destinationKernel",
        "verdict",
        "mayMigrate",
        "basis",
        "blocking",
        "summary",
        "sourceCapture",
        "destinationCapture",
        "assumptions"
    };

    /** The parameters of both representations. */
    record Query(
            @Parameter(description = "The guests' machine type.", example = "virt-10.1", required = true) @Nullable
            String machineType,

            @Parameter(description = Descriptions.REVISION) @Nullable
            Long revision) {

        MatrixRequest toRequest(FleetFields hosts, QemuFields qemu, SourceFields sources) {
            return new MatrixRequest(
                    required("machineType", machineType, "the guests' machine type, such as virt-10.1"),
                    hosts.cpuModel(),
                    hosts.accelerator(),
                    hosts.vcpuFeatureSet(),
                    qemu.behaviour(),
                    sources.carryProperties(),
                    revision);
        }
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getMatrix",
            summary = "Every ordered pair of known kernels with its verdict",
            description =
                    "For each CPU model, accelerator and vCPU feature set that was captured. As JSON, or as text/csv by the"
                            + " Accept header.")
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_REVISION, ProblemType.NOT_ACCEPTABLE})
    MatrixView json(
            @ParameterObject Query query,
            @ParameterObject FleetFields hosts,
            @ParameterObject QemuFields qemu,
            @ParameterObject SourceFields sources) {
        MatrixRequest request = query.toRequest(hosts, qemu, sources);
        KernelPairMatrix.Matrix found = matrix.of(request);
        return new MatrixView(
                found.machineType(),
                request.behaviour().apiName(),
                found.policyRevision(),
                found.captureRevision(),
                found.cells().stream().map(MatrixController::pair).toList(),
                found.leftOut(),
                AssumptionView.of(assumptions(found, qemu, sources)));
    }

    private static List<Assumption> assumptions(KernelPairMatrix.Matrix found, QemuFields qemu, SourceFields sources) {
        return FleetAssumptions.of(
                sources.sourceXMigProperties() != null,
                qemu.nameOne(),
                qemu.qemu(),
                found.cells().stream().map(cell -> cell.source().capture()));
    }

    @GetMapping(produces = "text/csv")
    @Operation(operationId = "getMatrix", summary = "Every ordered pair of known kernels with its verdict")
    String csv(
            @ParameterObject Query query,
            @ParameterObject FleetFields hosts,
            @ParameterObject QemuFields qemu,
            @ParameterObject SourceFields sources)
            throws IOException {
        StringWriter text = new StringWriter();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(COLUMNS)
                .setRecordSeparator("\n")
                .get();
        KernelPairMatrix.Matrix found = matrix.of(query.toRequest(hosts, qemu, sources));
        String assumptions = assumptions(found, qemu, sources).stream()
                .map(assumption -> assumption.code().name())
                .collect(Collectors.joining(" "));
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            for (KernelPairMatrix.Cell cell : found.cells()) {
                MatrixView.Pair pair = pair(cell);
                printer.printRecord(
                        pair.cpuModel(),
                        pair.accelerator(),
                        pair.vcpuFeatureSet(),
                        pair.sourceKernel(),
                        pair.destinationKernel(),
                        pair.verdict(),
                        pair.mayMigrate(),
                        pair.basis(),
                        pair.blocking().stream()
                                .map(blocking -> blocking.registerName() == null
                                        ? blocking.kind().name()
                                        : blocking.registerName())
                                .distinct()
                                .collect(Collectors.joining(" ")),
                        pair.summary(),
                        pair.sourceCapture(),
                        pair.destinationCapture(),
                        assumptions);
            }
        }
        return text.toString();
    }

    private static MatrixView.Pair pair(KernelPairMatrix.Cell cell) {
        return new MatrixView.Pair(
                cell.group().cpuModel(),
                cell.group().accelerator().toString(),
                cell.group().vcpuFeatureSet(),
                release(cell.source().capture()),
                release(cell.destination().capture()),
                cell.source().id().text(),
                cell.destination().id().text(),
                cell.verdict(),
                cell.verdict().mayMigrate(),
                cell.basis(),
                cell.summary(),
                cell.deciding().stream().map(MatrixView.Blocking::of).toList());
    }

    private static String release(Capture capture) {
        return Objects.requireNonNull(capture.kernel(), "a matrix has only captures with a kernel")
                .text();
    }
}
