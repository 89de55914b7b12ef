package org.migreg.api.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.contract.ItemsView;
import org.migreg.contract.json.DomainObject;
import org.migreg.contract.json.DomainText;
import org.migreg.contract.json.RegisterInput;
import org.migreg.contract.json.Required;
import org.migreg.policy.CompatProperty;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;
import org.springframework.stereotype.Component;

/** How the contract describes domain values and the records of bodies: as the module for Jackson reads them. */
@Component
final class DomainSchemas implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType annotated, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType java = Json.mapper().constructType(annotated.getType());
        Class<?> type = java == null ? Object.class : java.getRawClass();
        if (type == ItemsView.class && java != null) {
            annotated.setName(pageOf(java.containedType(0).getRawClass()));
        }
        if (type == RegisterList.class || type == WritableMasks.class) {
            annotated.setType(RegisterInput[].class);
            Schema<?> list = next(annotated, context, chain);
            return list == null ? null : list.items(register(list.getItems(), context));
        }
        DomainObject<?, ?> object = DomainObject.of(type);
        if (object != null) {
            annotated.setType(object.parts());
            Schema<?> schema = next(annotated, context, chain);
            require(object.parts(), schema, context);
            return schema;
        }
        if (type.isSealed() && type.isAnnotationPresent(JsonSubTypes.class)) {
            return alternatives(type, context);
        }
        DomainText<?> text = DomainText.of(type);
        if (text != null && (!type.isEnum() || type == Accelerator.class || type == CompatProperty.class)) {
            annotated.setType(String.class);
            return withValues(type, next(annotated, context, chain));
        }
        Schema<?> schema = next(annotated, context, chain);
        if (type.isRecord()) {
            require(type, schema, context);
        }
        return schema;
    }

    /** What a page of these is called. */
    private static String pageOf(Class<?> item) {
        var named = item.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return (named == null || named.name().isEmpty() ? item.getSimpleName() : named.name()) + "Page";
    }

    /** A register is given by itself, or with its value as an object or a pair. */
    private static Schema<?> register(Schema<?> object, ModelConverterContext context) {
        Schema<?> id =
                new StringSchema().description("A register ID in any form.").maxLength(120);
        id.setTypes(Set.of("string"));
        Schema<?> text = new StringSchema();
        text.setTypes(Set.of("string"));
        Schema<?> pair = new ArraySchema().items(text).minItems(2).maxItems(2).description("The ID, then the value.");
        pair.setTypes(Set.of("array"));
        Schema<?> choice = new Schema<>();
        choice.setOneOf(List.of(object, id, pair));
        choice.setDescription("A register: its ID, or its ID and value as an object or a pair.");
        context.defineModel("RegisterInput", choice);
        return new Schema<>().$ref("#/components/schemas/RegisterInput");
    }

    /** One of several objects, each with a field that says which. */
    private static Schema<?> alternatives(Class<?> type, ModelConverterContext context) {
        String name = type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class)
                .name();
        if (!context.getDefinedModels().containsKey(name)) {
            String property = type.getAnnotation(JsonTypeInfo.class).property();
            Discriminator discriminator = new Discriminator().propertyName(property);
            Schema<?> choice = new Schema<>();
            for (JsonSubTypes.Type each : type.getAnnotation(JsonSubTypes.class).value()) {
                Schema<?> reference = context.resolve(new AnnotatedType(each.value()).resolveAsRef(true));
                Schema<?> described = Objects.requireNonNull(described(reference, context), each.name());
                Schema<?> which = new StringSchema().addEnumItem(each.name());
                which.setTypes(Set.of("string"));
                described.addProperty(property, which);
                described.addRequiredItem(property);
                choice.addOneOfItem(reference);
                discriminator.mapping(each.name(), reference.get$ref());
            }
            choice.setDiscriminator(discriminator);
            choice.setDescription(type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class)
                    .description());
            context.defineModel(name, choice);
        }
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    private static @Nullable Schema<?> described(@Nullable Schema<?> schema, ModelConverterContext context) {
        String reference = schema == null ? null : schema.get$ref();
        return reference == null
                ? schema
                : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static @Nullable Schema<?> next(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }

    @SuppressWarnings("unchecked") // a schema of texts
    private static @Nullable Schema<?> withValues(Class<?> type, @Nullable Schema<?> schema) {
        if (schema == null) {
            return null;
        }
        if (type.isEnum()) {
            ((Schema<String>) schema)
                    .setEnum(Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .toList());
        } else if (type == CaptureId.class) {
            schema.setPattern("sha256:[0-9a-f]{64}");
        }
        return schema;
    }

    /** A body's record says itself what it must have. */
    private static void require(Class<?> type, @Nullable Schema<?> schema, ModelConverterContext context) {
        List<String> required = Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Required.class))
                .map(RecordComponent::getName)
                .toList();
        Schema<?> described = described(schema, context);
        if (!required.isEmpty() && described != null) {
            described.setRequired(required);
        }
    }
}
