package org.migreg.api.operation;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;

/** What a method of a controller takes by name from a request's address, or from its form: what its own parameters say. */
final class RequestParameters {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /** By name; whether it may be given several times. */
    private final Map<String, Boolean> values = new TreeMap<>();

    private final Set<String> files = new TreeSet<>();

    /** Those that are no texts, of which an empty one says nothing. */
    private final Set<String> needingValue = new TreeSet<>();

    private RequestParameters() {}

    static RequestParameters of(HandlerMethod method) {
        RequestParameters all = new RequestParameters();
        for (MethodParameter parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(NAMES);
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            if (named != null) {
                all.add(named.name().isEmpty() ? parameter.getParameterName() : named.name(), parameter);
            } else if (parameter.hasParameterAnnotation(ParameterObject.class)) {
                all.addComponentsOf(parameter.getParameterType());
            }
        }
        return all;
    }

    private void add(@Nullable String name, MethodParameter parameter) {
        if (name == null) {
            throw new IllegalStateException(parameter + " has no name: compile with -parameters");
        }
        add(name, ResolvableType.forMethodParameter(parameter));
    }

    private void addComponentsOf(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalStateException(type + " holds parameters, and only those of records are known by name");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            add(component.getName(), ResolvableType.forType(component.getGenericType()));
        }
    }

    private void add(String name, ResolvableType type) {
        boolean isCollection = Collection.class.isAssignableFrom(type.toClass());
        boolean isList = isCollection || type.isArray();
        Class<?> element =
                (isCollection ? type.getGeneric(0) : type.isArray() ? type.getComponentType() : type).toClass();
        if (element == MultipartFile.class) {
            files.add(name);
        } else {
            values.put(name, isList);
            if (element != String.class) {
                needingValue.add(name);
            }
        }
    }

    boolean takes(String name) {
        return values.containsKey(name) || files.contains(name);
    }

    boolean takesFile(String name) {
        return files.contains(name);
    }

    /** Whether an empty value would be passed over, as if the parameter had not been given. */
    boolean needsValue(String name) {
        return needingValue.contains(name);
    }

    boolean mayRepeat(String name) {
        return files.contains(name) || values.getOrDefault(name, false);
    }

    /** All of them, in the order of the alphabet. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(values.keySet());
        names.addAll(files);
        return names;
    }
}
