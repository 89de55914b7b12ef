package org.migreg.api.contract;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the annotations of bodies and views do not say of the contract's schemas: which fields may be null, and which are there. */
@Configuration(proxyBeanMethods = false)
class ContractSchemas {

    /**
     * A reference beside {@code type: null} would be met by nothing but null: what may be null says so as a choice. And an
     * enumeration without null takes none, whatever its type says.
     */
    @Bean
    OpenApiCustomizer nullableFields() {
        return api -> {
            for (Schema<?> schema : api.getComponents().getSchemas().values()) {
                if (schema.getProperties() != null) {
                    schema.getProperties().replaceAll((name, property) -> choice(plain(property)));
                    schema.getProperties().values().forEach(ContractSchemas::withNullAmongItsValues);
                }
            }
        };
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as the schema's own map has it
    private static void withNullAmongItsValues(Schema property) {
        if (property.getEnum() != null
                && property.getTypes() != null
                && property.getTypes().contains("null")
                && !property.getEnum().contains(null)) {
            List<Object> values = new ArrayList<>(property.getEnum());
            values.add(null);
            property.setEnum(values);
        }
    }

    /**
     * Generators of clients take a list of types where they are of values: an array or object that may be null is a choice,
     * and what may be one or the other has no type.
     */
    @SuppressWarnings("rawtypes") // as the schema's own map has it
    private static Schema plain(Schema property) {
        if (property.getTypes() == null || property.getTypes().size() < 2) {
            return property;
        }
        Set<String> types = new TreeSet<>(property.getTypes());
        types.remove("null");
        if (types.size() > 1) {
            property.setTypes(null);
            return property;
        }
        if (!types.contains("array") && !types.contains("object")) {
            return property;
        }
        Schema<?> choice = new Schema<>();
        choice.setDescription(property.getDescription());
        property.setDescription(null);
        property.setTypes(types);
        choice.setAnyOf(List.of(property, nothing()));
        return choice;
    }

    private static Schema<?> nothing() {
        Schema<?> nothing = new Schema<>();
        nothing.setTypes(Set.of("null"));
        return nothing;
    }

    /** A parameter is there or not: none is null. And a body of two types has none. */
    @Bean
    OpenApiCustomizer plainParametersAndBodies() {
        return api -> operations(api).forEach(operation -> {
            for (var parameter : Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of())) {
                Schema<?> schema = parameter.getSchema();
                if (schema != null
                        && schema.getTypes() != null
                        && schema.getTypes().contains("null")) {
                    Set<String> types = new TreeSet<>(schema.getTypes());
                    types.remove("null");
                    schema.setTypes(types);
                    if (parameter.getDescription() != null) {
                        schema.setDescription(null);
                    }
                }
            }
            if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
                operation.getRequestBody().getContent().values().stream()
                        .map(MediaType::getSchema)
                        .filter(schema -> schema != null
                                && schema.getTypes() != null
                                && schema.getTypes().size() > 1)
                        .forEach(schema -> schema.setTypes(null));
            }
        });
    }

    @SuppressWarnings("rawtypes") // as the schema's own map has it
    private static Schema choice(Schema property) {
        if (property.get$ref() == null || !Set.of("null").equals(property.getTypes())) {
            return property;
        }
        Schema<?> choice = new Schema<>();
        choice.setAnyOf(List.of(new Schema<>().$ref(property.get$ref()), nothing()));
        choice.setDescription(property.getDescription());
        return choice;
    }

    /**
     * Answers have all their fields, if only as null: clients need not ask whether one is there. Where a view leaves some out
     * it says itself which are always there; what requests take is described where it is declared.
     */
    @Bean
    @SuppressWarnings("rawtypes") // as the model has it
    OpenApiCustomizer fieldsOfAnswers() {
        return api -> {
            Map<String, Schema> components = schemas(api);
            Set<String> taken = new HashSet<>();
            operations(api)
                    .map(Operation::getRequestBody)
                    .filter(body -> body != null && body.getContent() != null)
                    .flatMap(body -> body.getContent().values().stream())
                    .forEach(content -> collect(content.getSchema(), components, taken));
            Set<String> answered = new HashSet<>();
            operations(api)
                    .flatMap(operation -> operation.getResponses().values().stream())
                    .filter(response -> response.getContent() != null)
                    .flatMap(response -> response.getContent().values().stream())
                    .forEach(content -> collect(content.getSchema(), components, answered));
            answered.removeAll(taken);
            for (String name : answered) {
                Schema<?> schema = Objects.requireNonNull(components.get(name), name);
                if (schema.getRequired() == null && schema.getProperties() != null) {
                    schema.setRequired(
                            List.copyOf(new TreeSet<>(schema.getProperties().keySet())));
                }
            }
        };
    }

    @SuppressWarnings("rawtypes") // as the model has it
    private static Map<String, Schema> schemas(OpenAPI api) {
        return api.getComponents().getSchemas();
    }

    private static Stream<Operation> operations(OpenAPI api) {
        return api.getPaths().values().stream().flatMap(path -> path.readOperations().stream());
    }

    /** The names of the schemas that this one consists of, at any depth. */
    @SuppressWarnings("rawtypes") // as the model has it
    private static void collect(@Nullable Schema<?> schema, Map<String, Schema> components, Set<String> names) {
        if (schema == null) {
            return;
        }
        String reference = schema.get$ref();
        if (reference != null) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (names.add(name)) {
                collect(components.get(name), components, names);
            }
        }
        collect(schema.getItems(), components, names);
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            collect(values, components, names);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> collect(property, components, names));
        }
        Stream.of(schema.getAnyOf(), schema.getOneOf(), schema.getAllOf())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .forEach(choice -> collect(choice, components, names));
    }

    /** Two methods of one address answer in one form or the other, and an empty list is of both. */
    @Bean
    OpenApiCustomizer eitherForm() {
        return api -> api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> operation.getResponses().values().stream())
                .filter(response -> response.getContent() != null)
                .flatMap(response -> response.getContent().values().stream())
                .map(MediaType::getSchema)
                .filter(schema -> schema != null && schema.getOneOf() != null)
                .forEach(ContractSchemas::takeAnyOf);
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as the media type has it
    private static void takeAnyOf(Schema schema) {
        schema.setAnyOf(schema.getOneOf());
        schema.setOneOf(null);
    }

    /** springdoc lists schemas and paths as it meets them; sorted, a diff of the contract stays small. */
    @Bean
    OpenApiCustomizer sortedContract() {
        return api -> {
            if (api.getComponents() != null && api.getComponents().getSchemas() != null) {
                api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
            }
        };
    }
}
