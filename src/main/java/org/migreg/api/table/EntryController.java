package org.migreg.api.table;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Versioned;
import org.migreg.api.operation.Writes;
import org.migreg.contract.EntityVersion;
import org.migreg.contract.ItemsView;
import org.migreg.contract.Paging;
import org.migreg.contract.entry.EntryBody;
import org.migreg.contract.entry.EntryView;
import org.migreg.contract.lint.LintView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.table.WrittenEntryView;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.EntryContent;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.Applied;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.lint.LintChange;
import org.migreg.registry.CurrentHosts;
import org.migreg.registry.publication.TablePublication;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.springdoc.core.annotations.ParameterObject;
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
@RequestMapping("/api/v1/machine-types/{name}/entries")
@Tag(name = "Entries", description = "The lines of a machine type's compat table.")
record EntryController(PolicyStore store, TablePublication publication, CurrentHosts knownHosts) {

    @GetMapping
    @Operation(
            operationId = "listEntries",
            summary = "List a machine type's own entries",
            description = "By property and register. What it inherits is in its effective policy.")
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_REVISION})
    ItemsView<EntryView> list(
            @Parameter(example = "virt-10.2") @PathVariable String name,
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision,
            @ParameterObject Paging paging) {
        return paging.of(tables(name, revision).table().ownEntries(name), 1000).map(EntryView::of);
    }

    @PostMapping
    @Writes({WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(
            operationId = "addEntry",
            summary = "Add an entry to a machine type",
            responses = @ApiResponse(responseCode = "201", description = "Added; its ETag and address in the headers."))
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.DUPLICATE_ENTRY})
    ResponseEntity<WrittenEntryView> add(
            @Parameter(example = "virt-10.1") @PathVariable String name,
            @RequestBody EntryBody body,
            WriteHeaders headers) {
        EntryContent entry = body.toDomain(name);
        TableRevision before = store.current();
        Applied applied = TableChanges.publish(
                publication,
                new TableEdit.AddEntry(entry).expecting(ExpectedVersion.absent()),
                headers,
                "Add " + describe(entry));
        long id = applied.newEntryIds().getFirst();
        return written(
                ResponseEntity.created(URI.create("/api/v1/machine-types/" + name + "/entries/" + id)),
                name,
                id,
                before,
                applied.revision());
    }

    @GetMapping("/{id}")
    @Versioned
    @Operation(operationId = "getEntry", summary = "Get an entry", description = "Its ETag is in the headers.")
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_ENTRY, ProblemType.UNKNOWN_REVISION})
    ResponseEntity<EntryView> get(
            @Parameter(example = "virt-10.2") @PathVariable String name,
            @Parameter(example = "1") @PathVariable long id,
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision) {
        TableRevision tables = tables(name, revision);
        EntryView entry = EntryView.of(entry(name, id, tables));
        return ResponseEntity.ok().eTag(etag(id, tables)).body(entry);
    }

    @PutMapping("/{id}")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(
            operationId = "replaceEntry",
            summary = "Replace an entry",
            description = "The whole entry; it keeps its id.")
    @Problems({
        ProblemType.UNKNOWN_MACHINE_TYPE,
        ProblemType.UNKNOWN_ENTRY,
        ProblemType.DUPLICATE_ENTRY,
        ProblemType.PRECONDITION_REQUIRED
    })
    ResponseEntity<WrittenEntryView> replace(
            @Parameter(example = "virt-10.2") @PathVariable String name,
            @Parameter(example = "1") @PathVariable long id,
            @RequestBody EntryBody body,
            WriteHeaders headers) {
        ExpectedVersion expected = headers.expected();
        EntryContent entry = body.toDomain(name);
        TableRevision before = store.current();
        Applied applied = TableChanges.publish(
                publication,
                new TableEdit.ReplaceEntry(id, entry).expecting(expected),
                headers,
                "Change " + describe(entry));
        return written(ResponseEntity.ok(), name, id, before, applied.revision());
    }

    @DeleteMapping("/{id}")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(
            operationId = "deleteEntry",
            summary = "Delete an entry",
            responses = @ApiResponse(responseCode = "204", description = "Deleted."))
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_ENTRY, ProblemType.PRECONDITION_REQUIRED})
    ResponseEntity<Void> delete(
            @Parameter(example = "virt-10.2") @PathVariable String name,
            @Parameter(example = "1") @PathVariable long id,
            WriteHeaders headers) {
        ExpectedVersion expected = headers.expected();
        TableChanges.publish(
                publication,
                new TableEdit.DeleteEntry(name, id).expecting(expected),
                headers,
                "Delete entry " + id + " of " + name);
        return ResponseEntity.noContent().build();
    }

    private static String describe(EntryContent entry) {
        return entry.property() + " for " + entry.register().name() + " on " + entry.kernels() + " of "
                + entry.machineType();
    }

    private TableRevision tables(String machineType, @Nullable Long revision) {
        TableRevision tables = store.currentOr(revision);
        tables.table().require(machineType);
        return tables;
    }

    private ResponseEntity<WrittenEntryView> written(
            ResponseEntity.BodyBuilder answer, String name, long id, TableRevision before, TableRevision after) {
        LintChange lint = LintChange.between(
                before.table(), after.table(), knownHosts.get().hosts());
        return answer.eTag(etag(id, after))
                .body(new WrittenEntryView(EntryView.of(entry(name, id, after)), LintView.ChangeView.of(lint)));
    }

    private static PolicyEntry entry(String name, long id, TableRevision tables) {
        PolicyEntry entry = tables.table().entry(name, id);
        if (entry == null) {
            throw new NoSuchEntryException(name, id);
        }
        return entry;
    }

    private static String etag(long id, TableRevision tables) {
        return new EntityVersion(tables.versionOfEntry(id)).etag();
    }
}
