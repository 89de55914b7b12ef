package org.migreg.web.errors;

import static org.migreg.web.errors.ProblemAnswers.answer;

import jakarta.servlet.http.HttpServletRequest;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.contract.EntityVersion;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.expectation.ExpectationView;
import org.migreg.contract.history.ConflictView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.problem.ProblemView;
import org.migreg.draftstore.DraftClosedException;
import org.migreg.draftstore.DraftExistsException;
import org.migreg.draftstore.NoSuchDraftException;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.UnstorableTextException;
import org.migreg.hoststore.NoSuchHostException;
import org.migreg.policy.NoSuchEntryException;
import org.migreg.policy.NoSuchMachineTypeException;
import org.migreg.policy.PolicyTable;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.policystore.MachineTypeExistsException;
import org.migreg.policystore.MachineTypeInUseException;
import org.migreg.question.expectation.NoSuchExpectationException;
import org.migreg.question.side.NoSuchCaptureException;
import org.migreg.registry.draft.NothingToPublishException;
import org.migreg.registry.history.NotRevertibleException;
import org.migreg.registry.publication.BrokenExpectationsException;
import org.migreg.registry.publication.ConflictingChangeException;
import org.migreg.revision.NoSuchRevisionException;
import org.migreg.revision.StaleVersionException;
import org.migreg.web.WriteHeaders;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the domain and the registry refuse, as problems. */
@RestControllerAdvice
@Order(ProblemHandler.BEFORE_THE_REST)
class RegistryProblems {

    @ExceptionHandler
    ResponseEntity<ProblemView> invalidField(InvalidFieldException problem, HttpServletRequest request) {
        return ProblemAnswers.invalidField(problem, request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unstorable(UnstorableTextException problem, HttpServletRequest request) {
        return answer(ProblemType.INVALID_FIELD, problem.getMessage(), request, problem.field(), null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unresolved(UnresolvedReferenceException problem, HttpServletRequest request) {
        return answer(
                ProblemType.UNRESOLVED_REFERENCE,
                problem.getMessage(),
                request,
                problem.field(),
                problem.rejectedValue());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unreadableCapture(UnreadableCaptureException problem, HttpServletRequest request) {
        String file = problem.file();
        String where = problem.position() < 0 ? "" : " (at byte " + problem.position() + ")";
        String readAs = "read as " + problem.format() + where + ": " + problem.getMessage();
        return file == null
                ? answer(ProblemType.UNREADABLE_CAPTURE, readAs, request, null, null)
                : answer(ProblemType.UNREADABLE_CAPTURE, file + ", " + readAs, request, "file", file);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unreadableTable(UnreadableTableException problem, HttpServletRequest request) {
        UnreadableTableException.Problem first = problem.problems().getFirst();
        ResponseEntity<ProblemView> answer = first.pointer().isEmpty()
                ? answer(ProblemType.MALFORMED_REQUEST, problem.getMessage(), request, null, null)
                : answer(ProblemType.INVALID_FIELD, problem.getMessage(), request, first.pointer(), null);
        ProblemView view = answer.getBody();
        return view == null
                ? answer
                : ResponseEntity.status(answer.getStatusCode())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(view.at(first.line(), first.column()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noMachineType(NoSuchMachineTypeException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_MACHINE_TYPE, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noEntry(NoSuchEntryException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_ENTRY, problem.getMessage(), request, "id", String.valueOf(problem.id()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noCapture(NoSuchCaptureException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_CAPTURE, problem.getMessage(), request, "id", problem.id());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noHost(NoSuchHostException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_HOST, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noDraft(NoSuchDraftException problem, HttpServletRequest request) {
        return answer(ProblemType.UNKNOWN_DRAFT, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> draftExists(DraftExistsException problem, HttpServletRequest request) {
        return answer(ProblemType.DRAFT_EXISTS, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> draftClosed(DraftClosedException problem, HttpServletRequest request) {
        return answer(ProblemType.DRAFT_CLOSED, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> nothingToPublish(NothingToPublishException problem, HttpServletRequest request) {
        return answer(ProblemType.NOTHING_TO_CHANGE, problem.getMessage(), request, null, null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noExpectation(NoSuchExpectationException problem, HttpServletRequest request) {
        return answer(
                ProblemType.UNKNOWN_EXPECTATION, problem.getMessage(), request, "id", String.valueOf(problem.id()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> broken(BrokenExpectationsException problem, HttpServletRequest request) {
        ProblemType type = ProblemType.EXPECTATION_BROKEN;
        return ResponseEntity.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemView.of(type, String.valueOf(problem.getMessage()), request.getRequestURI(), null, null)
                        .withExpectations(ExpectationView.OutcomeView.ofAll(problem.broken())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> notRevertible(NotRevertibleException problem, HttpServletRequest request) {
        return answer(ProblemType.NOTHING_TO_CHANGE, problem.getMessage(), request, null, null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> conflicting(ConflictingChangeException problem, HttpServletRequest request) {
        ProblemType type = ProblemType.CONFLICTING_CHANGE;
        return ResponseEntity.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemView.of(type, String.valueOf(problem.getMessage()), request.getRequestURI(), null, null)
                        .withConflicts(problem.conflicts().stream()
                                .map(conflict -> ConflictView.of(conflict.conflict(), conflict.revision()))
                                .toList()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noRevision(NoSuchRevisionException problem, HttpServletRequest request) {
        return answer(
                ProblemType.UNKNOWN_REVISION,
                problem.getMessage(),
                request,
                "revision",
                String.valueOf(problem.number()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> exists(MachineTypeExistsException problem, HttpServletRequest request) {
        return answer(ProblemType.MACHINE_TYPE_EXISTS, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> inUse(MachineTypeInUseException problem, HttpServletRequest request) {
        return answer(ProblemType.MACHINE_TYPE_IN_USE, problem.getMessage(), request, "name", problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> stale(StaleVersionException problem, HttpServletRequest request) {
        String expected = problem.expected() instanceof ExpectedVersion.Exactly(long version)
                ? new EntityVersion(version).etag()
                : "*";
        return answer(ProblemType.STALE_VERSION, problem.getMessage(), request, "If-Match", expected);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> noPrecondition(
            WriteHeaders.MissingPreconditionException problem, HttpServletRequest request) {
        return answer(ProblemType.PRECONDITION_REQUIRED, problem.getMessage(), request, "If-Match", null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> invalidTable(PolicyTable.InvalidTableException problem, HttpServletRequest request) {
        return switch (problem.reason()) {
            case UNKNOWN_PARENT ->
                answer(ProblemType.UNKNOWN_PARENT, problem.getMessage(), request, "inheritsFrom", null);
            case CYCLE -> answer(ProblemType.INHERITANCE_CYCLE, problem.getMessage(), request, "inheritsFrom", null);
            case UNKNOWN_MACHINE_TYPE ->
                answer(ProblemType.UNKNOWN_MACHINE_TYPE, problem.getMessage(), request, "name", null);
            case DUPLICATE_ENTRY ->
                answer(ProblemType.DUPLICATE_ENTRY, problem.getMessage(), request, "register", null);
        };
    }
}
