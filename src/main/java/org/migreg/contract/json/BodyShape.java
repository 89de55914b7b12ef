package org.migreg.contract.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record that is read from JSON. A component that is unwrapped has its own components' fields beside the
 * others.
 */
final class BodyShape {

    private static final Map<Class<?>, BodyShape> KNOWN = new ConcurrentHashMap<>();

    /**
     * One component.
     *
     * @param unwrapped the shape whose fields stand here; null for a field of its own
     * @param required what belongs there; null where it may be left out
     */
    record Part(
            String name,
            Type type,
            @Nullable BodyShape unwrapped,
            @Nullable String required) {}

    private final List<Part> parts;
    private final Map<String, Type> fields = new LinkedHashMap<>();
    private final Constructor<?> constructor;

    private BodyShape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        parts = Arrays.stream(components).map(BodyShape::part).toList();
        for (Part part : parts) {
            if (part.unwrapped() == null) {
                fields.put(part.name(), part.type());
            } else {
                fields.putAll(part.unwrapped().fields);
            }
        }
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static BodyShape of(Class<?> type) {
        // No computeIfAbsent: shapes have shapes.
        BodyShape known = KNOWN.get(type);
        if (known == null) {
            known = new BodyShape(type);
            KNOWN.put(type, known);
        }
        return known;
    }

    private static Part part(RecordComponent component) {
        Required required = component.getAnnotation(Required.class);
        return new Part(
                component.getName(),
                component.getGenericType(),
                // Of the accessor: Jackson's annotation cannot stand on a component by itself.
                component.getAccessor().isAnnotationPresent(JsonUnwrapped.class) ? of(component.getType()) : null,
                required == null ? null : required.value());
    }

    List<Part> parts() {
        return parts;
    }

    /** The names of the fields and their types. */
    Map<String, Type> fields() {
        return fields;
    }

    /** Throws what the record's constructor throws, which refuses by unchecked exceptions only. */
    Object create(@Nullable Object[] components) {
        try {
            return constructor.newInstance(components);
        } catch (InvocationTargetException refused) {
            throw refused.getCause() instanceof RuntimeException because
                    ? because
                    : new IllegalStateException(refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(Objects.toString(constructor), impossible);
        }
    }
}
