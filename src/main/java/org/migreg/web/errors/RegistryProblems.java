package org.migreg.web.errors;

import static org.migreg.web.errors.ProblemAnswers.answer;
import static org.migreg.web.errors.ProblemAnswers.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.UnaryOperator;
import org.migreg.accountstore.AccountExistsException;
import org.migreg.accountstore.NoSuchAccountException;
import org.migreg.accountstore.NoSuchTokenException;
import org.migreg.accountstore.TokensInUseException;
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
import org.migreg.maintenance.NotEmbeddedException;
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
import org.migreg.registry.publication.OutOfScopeException;
import org.migreg.revision.NoSuchRevisionException;
import org.migreg.revision.RevisionNotShownException;
import org.migreg.revision.StaleVersionException;
import org.migreg.samplestore.NoSuchSampleException;
import org.migreg.samplestore.SamplesFullException;
import org.migreg.web.WriteHeaders;
import org.springframework.core.annotation.Order;
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
                ? answer(ProblemType.UNREADABLE_CAPTURE, readAs, request)
                : answer(ProblemType.UNREADABLE_CAPTURE, file + ", " + readAs, request, "file", file);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> unreadableTable(UnreadableTableException problem, HttpServletRequest request) {
        UnreadableTableException.Problem first = problem.problems().getFirst();
        boolean isReadable = !first.pointer().isEmpty();
        ProblemType type = isReadable ? ProblemType.INVALID_FIELD : ProblemType.MALFORMED_REQUEST;
        return answer(
                type,
                problem(type, problem.getMessage(), request, isReadable ? first.pointer() : null, null)
                        .at(first.line(), first.column()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> notEmbedded(NotEmbeddedException problem, HttpServletRequest request) {
        return answer(ProblemType.NOT_EMBEDDED, problem.getMessage(), request, null, null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> outOfScope(OutOfScopeException problem, HttpServletRequest request) {
        return answer(ProblemType.FORBIDDEN, problem.getMessage(), request, problem.field(), problem.name());
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> notShown(RevisionNotShownException problem, HttpServletRequest request) {
        return answer(ProblemType.REVISION_NOT_SHOWN, problem.getMessage(), request, "X-Migreg-Min-Revision", null);
    }

    /** There is no such thing. */
    @ExceptionHandler({
        NoSuchMachineTypeException.class,
        NoSuchEntryException.class,
        NoSuchCaptureException.class,
        NoSuchHostException.class,
        NoSuchDraftException.class,
        NoSuchExpectationException.class,
        NoSuchSampleException.class,
        NoSuchAccountException.class,
        NoSuchTokenException.class,
        NoSuchRevisionException.class
    })
    ResponseEntity<ProblemView> noSuchThing(RuntimeException problem, HttpServletRequest request) {
        String words = problem.getMessage();
        return switch (problem) {
            case NoSuchMachineTypeException no ->
                answer(ProblemType.UNKNOWN_MACHINE_TYPE, words, request, "name", no.name());
            case NoSuchEntryException no ->
                answer(ProblemType.UNKNOWN_ENTRY, words, request, "id", String.valueOf(no.id()));
            case NoSuchCaptureException no -> answer(ProblemType.UNKNOWN_CAPTURE, words, request, "id", no.id());
            case NoSuchHostException no -> answer(ProblemType.UNKNOWN_HOST, words, request, "name", no.name());
            case NoSuchDraftException no -> answer(ProblemType.UNKNOWN_DRAFT, words, request, "name", no.name());
            case NoSuchExpectationException no ->
                answer(ProblemType.UNKNOWN_EXPECTATION, words, request, "id", String.valueOf(no.id()));
            case NoSuchSampleException no ->
                answer(ProblemType.UNKNOWN_SAMPLE, words, request, "id", String.valueOf(no.id()));
            case NoSuchAccountException no -> answer(ProblemType.UNKNOWN_ACCOUNT, words, request, "name", no.name());
            case NoSuchTokenException no -> answer(ProblemType.UNKNOWN_TOKEN, words, request, "id", no.id());
            case NoSuchRevisionException no ->
                answer(ProblemType.UNKNOWN_REVISION, words, request, "revision", String.valueOf(no.number()));
            default -> throw problem;
        };
    }

    /** What is there stands in the way. */
    @ExceptionHandler({
        DraftExistsException.class,
        DraftClosedException.class,
        MachineTypeExistsException.class,
        MachineTypeInUseException.class,
        NothingToPublishException.class,
        NotRevertibleException.class,
        SamplesFullException.class,
        AccountExistsException.class,
        TokensInUseException.class,
        StaleVersionException.class
    })
    ResponseEntity<ProblemView> conflict(RuntimeException problem, HttpServletRequest request) {
        String words = problem.getMessage();
        return switch (problem) {
            case DraftExistsException there -> answer(ProblemType.DRAFT_EXISTS, words, request, "name", there.name());
            case DraftClosedException there -> answer(ProblemType.DRAFT_CLOSED, words, request, "name", there.name());
            case AccountExistsException there ->
                answer(ProblemType.ACCOUNT_EXISTS, words, request, "name", there.name());
            case TokensInUseException many -> answer(ProblemType.TOKENS_IN_USE, words, request, null, null);
            case MachineTypeExistsException there ->
                answer(ProblemType.MACHINE_TYPE_EXISTS, words, request, "name", there.name());
            case MachineTypeInUseException there ->
                answer(ProblemType.MACHINE_TYPE_IN_USE, words, request, "name", there.name());
            case SamplesFullException full -> answer(ProblemType.SAMPLES_FULL, words, request, null, null);
            case StaleVersionException stale ->
                answer(
                        ProblemType.STALE_VERSION,
                        words,
                        request,
                        "If-Match",
                        stale.expected() instanceof ExpectedVersion.Exactly(long version)
                                ? new EntityVersion(version).etag()
                                : "*");
            default -> answer(ProblemType.NOTHING_TO_CHANGE, words, request);
        };
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> broken(BrokenExpectationsException problem, HttpServletRequest request) {
        return detailed(
                ProblemType.EXPECTATION_BROKEN,
                problem,
                request,
                view -> view.withExpectations(ExpectationView.OutcomeView.ofAll(problem.broken())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemView> conflicting(ConflictingChangeException problem, HttpServletRequest request) {
        return detailed(
                ProblemType.CONFLICTING_CHANGE,
                problem,
                request,
                view -> view.withConflicts(problem.conflicts().stream()
                        .map(conflict -> ConflictView.of(conflict.conflict(), conflict.revision()))
                        .toList()));
    }

    private static ResponseEntity<ProblemView> detailed(
            ProblemType type, RuntimeException problem, HttpServletRequest request, UnaryOperator<ProblemView> more) {
        return answer(type, more.apply(problem(type, problem.getMessage(), request, null, null)));
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
