package org.migreg.api.table;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Versioned;
import org.migreg.api.operation.Writes;
import org.migreg.contract.EntityVersion;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ItemsView;
import org.migreg.contract.Paging;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.table.EffectivePolicyView;
import org.migreg.contract.table.MachineTypeBody;
import org.migreg.contract.table.MachineTypeView;
import org.migreg.history.ExpectedVersion;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.registry.PreMigrationCheck;
import org.migreg.registry.publication.TablePublication;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machine-types")
@Tag(name = "Machine types", description = "Versioned boards, each inheriting the entries of the next newer one.")
record MachineTypeController(PolicyStore store, TablePublication publication, PreMigrationCheck check) {

    @GetMapping
    @Operation(operationId = "listMachineTypes", summary = "List machine types", description = "Older versions first.")
    @Problems(ProblemType.UNKNOWN_REVISION)
    ItemsView<MachineTypeView> list(
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision,
            @ParameterObject Paging paging) {
        TableRevision tables = store.currentOr(revision);
        return paging.of(List.copyOf(tables.table().machineTypes()), 1000)
                .map(machineType -> view(machineType, tables));
    }

    @PostMapping
    @Writes
    @Operation(
            operationId = "createMachineType",
            summary = "Create a machine type",
            responses =
                    @ApiResponse(responseCode = "201", description = "Created; its ETag and address in the headers."))
    @Problems({ProblemType.MACHINE_TYPE_EXISTS, ProblemType.UNKNOWN_PARENT})
    ResponseEntity<MachineTypeView> create(@RequestBody MachineTypeBody body, WriteHeaders headers) {
        MachineType machineType = body.toDomain(null);
        WriteHeaders.Context context = headers.context("Create machine type " + machineType.name());
        TableRevision tables = publication
                .apply(
                        List.of(new TableEdit.PutMachineType(machineType).expecting(ExpectedVersion.absent())),
                        context.author(),
                        context.reason(),
                        null)
                .revision();
        return answer(HttpStatus.CREATED, machineType.name(), tables);
    }

    @GetMapping("/{name}")
    @Versioned
    @Operation(
            operationId = "getMachineType",
            summary = "Get a machine type",
            description = "Its ETag is in the headers.")
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_REVISION})
    ResponseEntity<MachineTypeView> get(
            @Parameter(example = "virt-10.1") @PathVariable String name,
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision) {
        return answer(HttpStatus.OK, name, store.currentOr(revision));
    }

    @PutMapping("/{name}")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(
            operationId = "replaceMachineType",
            summary = "Replace a machine type",
            description = "Its entries stay. A machine type keeps its name.")
    @Problems({
        ProblemType.UNKNOWN_MACHINE_TYPE,
        ProblemType.UNKNOWN_PARENT,
        ProblemType.INHERITANCE_CYCLE,
        ProblemType.PRECONDITION_REQUIRED
    })
    ResponseEntity<MachineTypeView> replace(
            @Parameter(example = "virt-10.1") @PathVariable String name,
            @RequestBody MachineTypeBody body,
            WriteHeaders headers) {
        ExpectedVersion expected = headers.expected();
        MachineType machineType = body.toDomain(name);
        Applied applied = TableChanges.publish(
                publication,
                new TableEdit.PutMachineType(machineType).expecting(expected),
                headers,
                "Change machine type " + name);
        return answer(HttpStatus.OK, name, applied.revision());
    }

    @DeleteMapping("/{name}")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(
            operationId = "deleteMachineType",
            summary = "Delete a machine type and its entries",
            responses = @ApiResponse(responseCode = "204", description = "Deleted."))
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.MACHINE_TYPE_IN_USE, ProblemType.PRECONDITION_REQUIRED})
    ResponseEntity<Void> delete(@Parameter(example = "virt-10.1") @PathVariable String name, WriteHeaders headers) {
        ExpectedVersion expected = headers.expected();
        TableChanges.publish(
                publication,
                new TableEdit.DeleteMachineType(name).expecting(expected),
                headers,
                "Delete machine type " + name);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{name}/effective-policy")
    @Operation(
            operationId = "getEffectivePolicy",
            summary = "What a machine type sets on hosts with a kernel",
            description =
                    "Merges the machine type's entries with those of all it inherits from into one array for each property,"
                            + " since QEMU aborts when an array property is set twice. Without a kernel, only entries for every"
                            + " kernel are decided.")
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_REVISION})
    EffectivePolicyView effectivePolicy(
            @Parameter(example = "virt-10.1") @PathVariable String name,
            @Parameter(description = "The host's kernel release (uname -r).", example = "6.16.3")
                    @RequestParam(required = false)
                    @Nullable
                    String kernel,
            @Parameter(
                            description =
                                    "The kernel's package or uname -v, where the release does not tell the patch level.")
                    @RequestParam(required = false)
                    @Nullable
                    String kernelPackage,
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision) {
        if (kernel == null && kernelPackage != null) {
            throw new InvalidFieldException("kernelPackage", kernelPackage, "'kernelPackage' goes with 'kernel'");
        }
        KernelRelease release =
                kernel == null ? null : reading("kernel", kernel, () -> KernelRelease.parse(kernel, kernelPackage));
        TableRevision tables = store.currentOr(revision);
        return EffectivePolicyView.of(
                name,
                release,
                tables.number(),
                tables.table().inheritanceChain(name),
                check.effectivePolicy(revision, name, release));
    }

    private static ResponseEntity<MachineTypeView> answer(HttpStatus status, String name, TableRevision tables) {
        MachineTypeView view = view(tables.table().require(name), tables);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .eTag(new EntityVersion(view.revision()).etagWith(view.inheritanceChain(), view.ownEntries()));
        if (status == HttpStatus.CREATED) {
            answer.location(URI.create("/api/v1/machine-types/" + name));
        }
        return answer.body(view);
    }

    private static MachineTypeView view(MachineType machineType, TableRevision tables) {
        return MachineTypeView.of(machineType, tables.table(), tables.versionOf(machineType.name()));
    }
}
