package org.migreg.api.operation;

import io.swagger.v3.oas.annotations.Operation;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;

/**
 * The methods of one operation of the API: where it takes bodies or gives answers of different kinds, each kind has a
 * method of its own.
 */
public final class OperationMethods {

    private OperationMethods() {}

    /** Whether the contract has it; what describes the API, or looks after the service, has rules of its own. */
    static boolean isOperation(HandlerMethod method) {
        Operation operation = method.getMethodAnnotation(Operation.class);
        return operation != null
                && !operation.hidden()
                && AnnotatedElementUtils.hasAnnotation(method.getBeanType(), RestController.class);
    }

    /** This one and those beside it that share its operation's id. */
    public static List<HandlerMethod> of(HandlerMethod one) {
        Operation operation = one.getMethodAnnotation(Operation.class);
        if (operation == null || operation.operationId().isEmpty()) {
            return List.of(one);
        }
        return Arrays.stream(one.getBeanType().getDeclaredMethods())
                .map(method -> new HandlerMethod(one.getBean(), method))
                .filter(method -> operation.operationId().equals(operationId(method)))
                .toList();
    }

    private static @Nullable String operationId(HandlerMethod method) {
        Operation operation = method.getMethodAnnotation(Operation.class);
        return operation == null ? null : operation.operationId();
    }

    /** The media types of bodies that it says it takes; none where it takes whatever comes. */
    public static Set<String> consumed(HandlerMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return mapping == null
                ? Set.of()
                : Arrays.stream(mapping.consumes())
                        .filter(type -> !type.contains("*"))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether it reads a body that is no form of several parts. */
    public static boolean takesBody(HandlerMethod method) {
        return !bodies(method).isEmpty();
    }

    /** The media types of the body that it reads, or the likeliest where it takes whatever comes; none where it reads none. */
    static List<MediaType> bodies(HandlerMethod method) {
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                return List.of(MediaType.APPLICATION_JSON);
            }
            if (parameter.getParameterType() == InputStream.class) {
                return List.of(MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN, MediaType.APPLICATION_OCTET_STREAM);
            }
        }
        return List.of();
    }
}
