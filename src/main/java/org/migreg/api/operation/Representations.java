package org.migreg.api.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/** The media types that a method of a controller answers in, as far as the request's Accept header decides which. */
public final class Representations {

    /** What says itself which media type it is: the method has chosen, by a parameter for example. */
    private static final Set<Class<?>> TEXTS = Set.of(String.class, byte[].class);

    private Representations() {}

    /** In the order of preference; none where the answer has no content, or the method chooses itself. */
    public static List<MediaType> of(HandlerMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        if (mapping != null && mapping.produces().length > 0) {
            return Arrays.stream(mapping.produces())
                    .map(MediaType::parseMediaType)
                    .toList();
        }
        Class<?> body = body(method);
        return body == null || body == Void.class || body == void.class || TEXTS.contains(body)
                ? List.of()
                : List.of(MediaType.APPLICATION_JSON);
    }

    private static @Nullable Class<?> body(HandlerMethod method) {
        ResolvableType type = ResolvableType.forMethodParameter(method.getReturnType());
        return type.toClass() == ResponseEntity.class ? type.getGeneric(0).resolve() : type.resolve();
    }
}
