package org.migreg.contract.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.json.Mistakes.Place;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a body of JSON into a record of domain values. What is wrong does not end it: all that can be found at once is
 * refused together, each mistake with its place.
 */
final class BodyReader {

    private final DeserializationContext context;
    private final Mistakes mistakes = new Mistakes();

    private BodyReader(DeserializationContext context) {
        this.context = context;
    }

    /**
     * Reads the value at which the parser stands.
     *
     * @throws InvalidFieldException with all that is wrong
     * @throws JacksonException when it is not well-formed JSON
     */
    static @Nullable Object read(JsonParser parser, DeserializationContext context, Class<?> type) {
        BodyReader reader = new BodyReader(context);
        Object body = reader.value(parser, type, Place.BODY);
        reader.mistakes.throwIfAny();
        return body;
    }

    /** Null where there is nothing, or something that was refused. */
    private @Nullable Object value(JsonParser parser, Type type, Place at) {
        if (type instanceof ParameterizedType list) {
            return list(parser, list.getActualTypeArguments()[0], at);
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted == RegisterList.class) {
            return new RegistersReader(context, mistakes).registers(parser, at);
        }
        if (wanted == WritableMasks.class) {
            return new RegistersReader(context, mistakes).masks(parser, at);
        }
        DomainText<?> text = DomainText.of(wanted);
        if (text != null) {
            return text(parser, text, at);
        }
        DomainObject<?, ?> object = DomainObject.of(wanted);
        if (object != null) {
            Object parts = record(parser, object.parts(), at);
            return parts == null ? null : mistakes.reading(at, null, () -> object.read(parts));
        }
        if (wanted.isSealed()) {
            return alternative(parser, wanted, at);
        }
        if (wanted.isRecord()) {
            return record(parser, wanted, at);
        }
        if (wanted == JsonNode.class) {
            return context.readTree(parser);
        }
        return plain(parser, wanted, at);
    }

    private @Nullable Object plain(JsonParser parser, Class<?> wanted, Place at) {
        JsonToken token = parser.currentToken();
        if (wanted == String.class) {
            return token == JsonToken.VALUE_STRING ? parser.getString() : wrongType(parser, at, "a string");
        }
        if (wanted == Boolean.class) {
            return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE
                    ? (Object) parser.getBooleanValue()
                    : wrongType(parser, at, "true or false");
        }
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return wrongType(parser, at, "a whole number");
        }
        try {
            return wanted == Long.class ? (Object) parser.getLongValue() : (Object) parser.getIntValue();
        } catch (InputCoercionException tooLarge) {
            mistakes.add(at, parser.getString(), "'" + at + "' is beyond what is counted here: give a smaller number");
            return null;
        }
    }

    private @Nullable Object text(JsonParser parser, DomainText<?> text, Place at) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return wrongType(parser, at, "a string");
        }
        String given = parser.getString();
        return mistakes.reading(at, given, () -> text.parser().apply(given));
    }

    private @Nullable Object list(JsonParser parser, Type element, Place at) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return wrongType(parser, at, "an array");
        }
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Place item = at.item(items.size());
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                mistakes.add(item, null, "'" + item + "' is null: give " + noun(element) + ", or leave it out");
                items.add(null);
            } else {
                items.add(value(parser, element, item));
            }
        }
        return Collections.unmodifiableList(items);
    }

    private static String noun(Type type) {
        DomainText<?> text = type instanceof Class<?> wanted ? DomainText.of(wanted) : null;
        return text != null ? text.noun() : type == String.class ? "a text" : "an object";
    }

    /** One of several records, as the field says that has the type's name. */
    private @Nullable Object alternative(JsonParser parser, Class<?> type, Place at) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return wrongType(parser, at, "an object");
        }
        ObjectNode given = (ObjectNode) context.readTree(parser);
        String property = type.getAnnotation(JsonTypeInfo.class).property();
        Map<String, Class<?>> named = Arrays.stream(
                        type.getAnnotation(JsonSubTypes.class).value())
                .collect(Collectors.toMap(JsonSubTypes.Type::name, JsonSubTypes.Type::value));
        JsonNode name = given.remove(property);
        Class<?> wanted = name == null || !name.isString() ? null : named.get(name.asString());
        if (wanted == null) {
            String names = Arrays.stream(type.getAnnotation(JsonSubTypes.class).value())
                    .map(JsonSubTypes.Type::name)
                    .collect(Collectors.joining(", "));
            mistakes.add(
                    at.field(property),
                    name,
                    name == null
                            ? "'" + property + "' is missing: give one of " + names
                            : property + " is one of " + names);
            return null;
        }
        try (JsonParser rest = given.traverse(context)) {
            rest.nextToken();
            return value(rest, wanted, at);
        }
    }

    private @Nullable Object record(JsonParser parser, Class<?> type, Place at) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return wrongType(parser, at, "an object");
        }
        BodyShape shape = BodyShape.of(type);
        Map<String, Object> values = new HashMap<>();
        Set<String> refused = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Place field = at.field(name);
            Type wanted = shape.fields().get(name);
            JsonToken token = parser.nextToken();
            if (wanted == null) {
                unknown(field, name, shape.fields().keySet());
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                int before = mistakes.count();
                Object value = value(parser, wanted, field);
                if (mistakes.count() > before) {
                    refused.add(name);
                } else if (value != null) {
                    values.put(name, value);
                }
            }
        }
        return create(shape, values, refused, at);
    }

    /** The record, where nothing of what it has was refused. */
    private @Nullable Object create(BodyShape shape, Map<String, Object> values, Set<String> refused, Place at) {
        List<BodyShape.Part> parts = shape.parts();
        @Nullable Object[] components = new @Nullable Object[parts.size()];
        boolean whole = true;
        for (int i = 0; i < components.length; i++) {
            BodyShape.Part part = parts.get(i);
            if (part.unwrapped() != null) {
                components[i] = create(part.unwrapped(), values, refused, at);
                whole &= components[i] != null;
            } else {
                components[i] = values.get(part.name());
                if (components[i] == null && part.required() != null && !refused.contains(part.name())) {
                    Place missing = at.field(part.name());
                    mistakes.add(missing, null, "'" + missing + "' is missing: give " + part.required());
                    refused.add(part.name());
                }
                whole &= !refused.contains(part.name());
            }
        }
        return whole ? mistakes.reading(at, null, () -> shape.create(components)) : null;
    }

    private void unknown(Place at, String name, Set<String> known) {
        String meant = LikelyName.of(name, known);
        mistakes.add(
                at,
                null,
                "there is no field '" + name + "' here: "
                        + (meant == null ? "" : "'" + meant + "' was likely meant; ")
                        + "known are " + String.join(", ", known));
    }

    private @Nullable Object wrongType(JsonParser parser, Place at, String expected) {
        mistakes.add(at, null, "'" + at + "' has the wrong JSON type: " + expected + " belongs there");
        parser.skipChildren();
        return null;
    }
}
