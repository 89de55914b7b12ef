package org.migreg.api.draft;

import static org.migreg.contract.InvalidFieldException.reading;
import static org.migreg.contract.InvalidFieldException.required;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Versioned;
import org.migreg.api.operation.Writes;
import org.migreg.api.table.TableChanges;
import org.migreg.contract.EntityVersion;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ItemsView;
import org.migreg.contract.Paging;
import org.migreg.contract.advice.ImpactBody;
import org.migreg.contract.advice.ImpactView;
import org.migreg.contract.draft.DraftBody;
import org.migreg.contract.draft.DraftView;
import org.migreg.contract.evaluation.QemuFields;
import org.migreg.contract.expectation.ExpectationView;
import org.migreg.contract.history.ConflictView;
import org.migreg.contract.lint.LintView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.table.EditBody;
import org.migreg.contract.table.TableDifferenceView;
import org.migreg.draftstore.DraftName;
import org.migreg.draftstore.DraftStore;
import org.migreg.draftstore.StoredDraft;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.TableRevision;
import org.migreg.policy.change.TableEdit;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.FleetAssumptions;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.registry.draft.DraftEffect;
import org.migreg.registry.draft.Drafting;
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
@RequestMapping("/api/v1/drafts")
@Tag(
        name = "Drafts",
        description = "Changes of the tables that are prepared, looked at, and published as one revision.")
record DraftController(Drafting drafting, DraftStore drafts) {

    @GetMapping
    @Operation(
            operationId = "listDrafts",
            summary = "List drafts",
            description = "By name, without their edits; published ones stay until they are deleted.")
    @Problems(ProblemType.DATABASE_UNAVAILABLE)
    ItemsView<DraftView.SummaryView> list(@ParameterObject Paging paging) {
        return paging.of(drafts.all(), 1000).map(DraftController::summary);
    }

    @PostMapping
    @Writes(WriteHeader.AUTHOR)
    @Operation(
            operationId = "createDraft",
            summary = "Make a draft",
            description = "Refuses what a write of the same edits would refuse. Drafts make no revisions.",
            responses = @ApiResponse(responseCode = "201", description = "Made; its ETag and address in the headers."))
    @Problems({
        ProblemType.UNKNOWN_MACHINE_TYPE,
        ProblemType.UNKNOWN_ENTRY,
        ProblemType.UNKNOWN_REVISION,
        ProblemType.MACHINE_TYPE_IN_USE,
        ProblemType.DUPLICATE_ENTRY,
        ProblemType.DRAFT_EXISTS,
        ProblemType.UNKNOWN_PARENT,
        ProblemType.INHERITANCE_CYCLE
    })
    ResponseEntity<DraftView> create(@RequestBody DraftBody body, WriteHeaders headers) {
        DraftName name = name(required("name", body.name(), "the draft's name, such as release-11.2"));
        String description = Objects.requireNonNullElse(body.description(), "");
        StoredDraft draft = TableChanges.storing(
                "edits",
                () -> drafting.create(
                        name,
                        description,
                        body.baseRevision(),
                        base -> body.change().saysNothing() ? List.of() : edits(body, base),
                        headers.author()));
        return ResponseEntity.created(URI.create("/api/v1/drafts/" + name))
                .eTag(etag(draft))
                .body(view(draft));
    }

    @GetMapping("/{name}")
    @Versioned
    @Operation(operationId = "getDraft", summary = "Get a draft", description = "Its ETag is in the headers.")
    @Problems(ProblemType.UNKNOWN_DRAFT)
    ResponseEntity<DraftView> get(@Parameter(example = "release-11.2") @PathVariable String name) {
        return answer(drafts.get(name(name)));
    }

    @PutMapping("/{name}")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR})
    @Operation(
            operationId = "replaceDraft",
            summary = "Give a draft other edits",
            description = "For the revision that it has as its base, which stays. All of its edits are replaced.")
    @Problems({
        ProblemType.UNKNOWN_DRAFT,
        ProblemType.UNKNOWN_MACHINE_TYPE,
        ProblemType.UNKNOWN_ENTRY,
        ProblemType.MACHINE_TYPE_IN_USE,
        ProblemType.DUPLICATE_ENTRY,
        ProblemType.DRAFT_CLOSED,
        ProblemType.UNKNOWN_PARENT,
        ProblemType.INHERITANCE_CYCLE,
        ProblemType.PRECONDITION_REQUIRED
    })
    ResponseEntity<DraftView> replace(
            @Parameter(example = "release-11.2") @PathVariable String name,
            @RequestBody DraftBody body,
            WriteHeaders headers) {
        ExpectedVersion expected = headers.expected();
        if (body.name() != null && !body.name().equals(name)) {
            throw new InvalidFieldException("name", body.name(), "a draft keeps its name: this one is " + name);
        }
        if (body.baseRevision() != null) {
            throw new InvalidFieldException(
                    "baseRevision",
                    body.baseRevision(),
                    "a draft's base moves by POST /api/v1/drafts/" + name + "/rebase alone");
        }
        DraftName draftName = name(name);
        return answer(TableChanges.storing(
                "edits",
                () -> drafting.replace(
                        draftName, expected, body.description(), base -> edits(body, base), headers.author())));
    }

    @DeleteMapping("/{name}")
    @Writes(WriteHeader.IF_MATCH)
    @Operation(
            operationId = "deleteDraft",
            summary = "Delete a draft",
            description = "The revision that a published one became stays.",
            responses = @ApiResponse(responseCode = "204", description = "Deleted."))
    @Problems({ProblemType.UNKNOWN_DRAFT, ProblemType.PRECONDITION_REQUIRED})
    ResponseEntity<Void> delete(@Parameter(example = "release-11.2") @PathVariable String name, WriteHeaders headers) {
        drafts.remove(name(name), headers.expected());
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{name}/impact")
    @Operation(
            operationId = "getDraftImpact",
            summary = "What would this draft do?",
            description =
                    "Carried over to the newest tables: what it changes there, which moves among captured hosts it"
                            + " blocks or makes possible, and what lint and the expectations say of it.")
    @Problems(ProblemType.UNKNOWN_DRAFT)
    DraftView.EffectView impact(
            @Parameter(example = "release-11.2") @PathVariable String name,
            @ParameterObject QemuFields qemu,
            @Parameter(
                            description = "How many moves to list.",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "10000"))
                    @RequestParam(defaultValue = "500")
                    int limit) {
        int most = ImpactBody.limit(limit);
        DraftEffect effect = drafting.effect(name(name), new ScenarioSettings("", qemu.behaviour(), true, null));
        return new DraftView.EffectView(
                summary(effect.draft()),
                effect.against().number(),
                effect.conflicts().stream()
                        .map(conflict -> ConflictView.of(conflict.conflict(), conflict.revision()))
                        .toList(),
                TableDifferenceView.of(effect.difference()),
                ImpactView.of(
                        effect.impact(),
                        effect.known(),
                        effect.against().number(),
                        most,
                        FleetAssumptions.of(
                                false,
                                false,
                                null,
                                effect.known().hosts().stream().map(CapturedHost::capture))),
                LintView.FindingView.ofAll(effect.lint().introduced()),
                LintView.FindingView.ofAll(effect.lint().resolved()),
                ExpectationView.OutcomeView.ofAll(effect.expectations()));
    }

    @PostMapping("/{name}/rebase")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR})
    @Operation(
            operationId = "rebaseDraft",
            summary = "Carry a draft over to the newest tables",
            description =
                    "Edits that others made just so in the meantime are dropped. Where others changed the same things"
                            + " differently, nothing is changed, and the problem names each conflict. Without If-Match whatever"
                            + " the draft is by now is carried over.")
    @Problems({
        ProblemType.UNKNOWN_DRAFT,
        ProblemType.DRAFT_CLOSED,
        ProblemType.CONFLICTING_CHANGE,
        ProblemType.INHERITANCE_CYCLE
    })
    ResponseEntity<DraftView> rebase(
            @Parameter(example = "release-11.2") @PathVariable String name, WriteHeaders headers) {
        return answer(drafting.rebase(name(name), headers.expectedOrAny(), headers.author()));
    }

    @PostMapping("/{name}/publish")
    @Writes({WriteHeader.IF_MATCH, WriteHeader.AUTHOR, WriteHeader.REASON, WriteHeader.OVERRIDE})
    @Operation(
            operationId = "publishDraft",
            summary = "Make a draft a revision of the tables",
            description =
                    "One revision, after which the draft is closed and says which one. Needs no rebase where others changed"
                            + " other things; where they changed the same things, nothing is changed, and the problem"
                            + " names each conflict. Without If-Match whatever the draft is by now is published.")
    @Problems({
        ProblemType.UNKNOWN_DRAFT,
        ProblemType.DRAFT_CLOSED,
        ProblemType.CONFLICTING_CHANGE,
        ProblemType.NOTHING_TO_CHANGE,
        ProblemType.INHERITANCE_CYCLE
    })
    ResponseEntity<DraftView.PublicationView> publish(
            @Parameter(example = "release-11.2") @PathVariable String name, WriteHeaders headers) {
        Drafting.Publication publication = drafting.publish(
                name(name), headers.expectedOrAny(), headers.author(), headers.reason(), headers.override());
        StoredDraft draft = publication.draft();
        return ResponseEntity.status(HttpStatus.OK)
                .eTag(etag(draft))
                .body(new DraftView.PublicationView(
                        publication.revision(), summary(draft), TableDifferenceView.of(publication.difference())));
    }

    private static List<TableEdit> edits(DraftBody body, TableRevision base) {
        return TableChanges.read(body.change(), base.table());
    }

    private static DraftName name(String name) {
        return reading("name", name, () -> new DraftName(name));
    }

    private static ResponseEntity<DraftView> answer(StoredDraft draft) {
        return ResponseEntity.ok().eTag(etag(draft)).body(view(draft));
    }

    private static String etag(StoredDraft draft) {
        return new EntityVersion(draft.version()).etag();
    }

    private static DraftView view(StoredDraft draft) {
        return new DraftView(
                summary(draft),
                draft.content().edits().stream().map(EditBody::of).toList());
    }

    private static DraftView.SummaryView summary(StoredDraft draft) {
        return new DraftView.SummaryView(
                draft.name().text(),
                draft.content().description(),
                draft.content().baseRevision(),
                draft.content().edits().size(),
                draft.createdBy(),
                draft.createdAt(),
                draft.changedBy(),
                draft.changedAt(),
                draft.version(),
                draft.publishedAs());
    }
}
