package org.migreg.api.contract;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.migreg.api.operation.OperationMethods;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Representations;
import org.migreg.api.operation.Writes;
import org.migreg.contract.problem.ProblemType;
import org.migreg.web.WriteHeader;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/**
 * The problems that an operation can answer with, for the contract: those that it names itself with {@link Problems}, and
 * those of all operations of its kind, which have their one place here.
 */
final class OperationProblems {

    /** Whatever it does: filters and the address itself give these, and faults. */
    private static final Set<ProblemType> OF_ALL = EnumSet.of(
            ProblemType.MALFORMED_REQUEST, ProblemType.INVALID_FIELD, ProblemType.INTERNAL_ERROR, ProblemType.BUSY);

    /** Where a token is asked for, and what callers may ask for is bounded. */
    private static final Set<ProblemType> OF_THE_API = EnumSet.of(
            ProblemType.UNAUTHENTICATED,
            ProblemType.FORBIDDEN,
            ProblemType.TOO_MANY_REQUESTS,
            ProblemType.REVISION_NOT_SHOWN);

    private static final Set<ProblemType> OF_WRITES =
            EnumSet.of(ProblemType.DATABASE_UNAVAILABLE, ProblemType.STORAGE_FULL);

    /** Whoever may say that one of these is not there has looked into the database. */
    private static final Set<ProblemType> FROM_THE_DATABASE =
            EnumSet.of(ProblemType.UNKNOWN_REVISION, ProblemType.UNKNOWN_DRAFT);

    /** Parts wait on the disk until they are read. */
    private static final Set<ProblemType> OF_PARTS = EnumSet.of(ProblemType.STORAGE_FULL);

    /** Where a body may come, whether or not it is read. */
    private static final Set<ProblemType> OF_POST_AND_PUT =
            EnumSet.of(ProblemType.BODY_TOO_LARGE, ProblemType.REQUEST_TOO_SLOW);

    private static final Set<ProblemType> OF_BODIES = EnumSet.of(ProblemType.UNSUPPORTED_MEDIA_TYPE);

    private static final Set<ProblemType> OF_NEGOTIATION = EnumSet.of(ProblemType.NOT_ACCEPTABLE);

    private OperationProblems() {}

    /** In the order of the catalogue. */
    static Set<ProblemType> of(HandlerMethod handler) {
        Set<ProblemType> types = EnumSet.copyOf(OF_ALL);
        for (HandlerMethod method : OperationMethods.of(handler)) {
            Problems own = method.getMethodAnnotation(Problems.class);
            if (own != null) {
                types.addAll(Arrays.asList(own.value()));
            }
            Writes writes = method.getMethodAnnotation(Writes.class);
            if (writes != null) {
                types.addAll(OF_WRITES);
                Arrays.stream(writes.value()).forEach(header -> types.addAll(ofHeader(header)));
            }
            if (method.hasMethodAnnotation(PostMapping.class) || method.hasMethodAnnotation(PutMapping.class)) {
                types.addAll(OF_POST_AND_PUT);
            }
            if (OperationMethods.takesBody(method)) {
                types.addAll(OF_BODIES);
            }
            if (takesParts(method)) {
                types.addAll(OF_PARTS);
            }
            if (!Representations.of(method).isEmpty()) {
                types.addAll(OF_NEGOTIATION);
            }
        }
        if (types.stream().anyMatch(FROM_THE_DATABASE::contains)) {
            types.add(ProblemType.DATABASE_UNAVAILABLE);
        }
        if (isUnderTheApi(handler)) {
            types.addAll(OF_THE_API);
        }
        return types;
    }

    private static Set<ProblemType> ofHeader(WriteHeader header) {
        return switch (header) {
            case IF_MATCH -> Set.of(ProblemType.STALE_VERSION);
            case OVERRIDE -> Set.of(ProblemType.EXPECTATION_BROKEN);
            case AUTHOR, REASON -> Set.of();
        };
    }

    private static boolean takesParts(HandlerMethod method) {
        PostMapping mapping = method.getMethodAnnotation(PostMapping.class);
        return mapping != null && Arrays.asList(mapping.consumes()).contains(MediaType.MULTIPART_FORM_DATA_VALUE);
    }

    static boolean isUnderTheApi(HandlerMethod handler) {
        RequestMapping mapping =
                AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), RequestMapping.class);
        return mapping != null && Arrays.stream(mapping.path()).anyMatch(path -> path.startsWith("/api/"));
    }
}
