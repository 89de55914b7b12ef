package org.migreg.api;

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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;

/**
 * The methods of one operation of the API: where it takes bodies or gives answers of different kinds, each kind has a
 * method of its own.
 */
final class OperationMethods {

    private OperationMethods() {}

    static boolean isOperation(HandlerMethod method) {
        return method.hasMethodAnnotation(Operation.class)
                && AnnotatedElementUtils.hasAnnotation(method.getBeanType(), RestController.class);
    }

    /** This one and those beside it that share its operation's id. */
    static List<HandlerMethod> of(HandlerMethod one) {
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
    static Set<String> consumed(HandlerMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return mapping == null
                ? Set.of()
                : Arrays.stream(mapping.consumes())
                        .filter(type -> !type.contains("*"))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether it reads a body that is no form of several parts. */
    static boolean takesBody(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters()).anyMatch(OperationMethods::isBody);
    }

    private static boolean isBody(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestBody.class) || parameter.getParameterType() == InputStream.class;
    }
}
