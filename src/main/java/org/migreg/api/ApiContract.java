package org.migreg.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migreg.contract.ProblemType;
import org.migreg.contract.ProblemView;
import org.migreg.format.CaptureFormats;
import org.migreg.format.packed.Packing;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;

/** What the annotations of the controllers do not say of the contract: title, security, problems. */
@Configuration(proxyBeanMethods = false)
class ApiContract {

    private static final String PROBLEM_REF = "#/components/schemas/Problem";
    private static final String TOKEN = "adminToken";

    @Bean
    OpenAPI openApi() {
        // Described from @Writes, below.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(WriteHeaders.class);
        Components components = new Components();
        ModelConverters.getInstance(true)
                .readAllAsResolvedSchema(new AnnotatedType(ProblemView.class))
                .referencedSchemas
                .forEach(components::addSchemas);
        Schema<?> problem =
                ModelConverters.getInstance(true).readAllAsResolvedSchema(new AnnotatedType(ProblemView.class)).schema;
        components.addSchemas("Problem", problem);
        components.addSchemas("RegisterInput", registerInput());
        components.addSecuritySchemes(
                TOKEN,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("The token in <data dir>/admin-token."));
        return new OpenAPI()
                .info(new Info()
                        .title("migreg")
                        .version("1")
                        .description("""
                                The registry of machine-type compat register policies for live migration of Arm guests on QEMU/KVM.

                                Register IDs are strings of 16 hex digits in answers; requests take every form. Versions are ETags: \
                                a change or deletion names the version it means with If-Match. Reading and evaluating on loopback \
                                need no credential; writes need the bearer token in the data directory. Writes take the headers \
                                X-Migreg-Author and X-Migreg-Reason for their revision.""")
                        .license(new License().name("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This service")))
                .components(components);
    }

    /** A register in a request: an id, or an id with its value as an object or a pair. */
    private static Schema<?> registerInput() {
        Schema<?> text =
                new StringSchema().description("A register ID in any form.").maxLength(120);
        text.setTypes(Set.of("string"));
        Schema<Object> object = new Schema<>();
        object.addProperty("id", string("A register ID in any form."));
        object.addProperty("value", string("Hex with 0x, or decimal."));
        object.setRequired(List.of("id"));
        object.setTypes(Set.of("object"));
        Schema<?> item = string("The id, then the value.");
        Schema<?> pair = new ArraySchema().items(item).minItems(2).maxItems(2);
        pair.setTypes(Set.of("array"));
        Schema<?> oneOf = new Schema<>();
        oneOf.setOneOf(List.of(text, object, pair));
        oneOf.setDescription("A register: its ID, or its ID and value as an object or a pair.");
        return oneOf;
    }

    private static Schema<?> string(String description) {
        Schema<?> schema = new StringSchema().description(description);
        schema.setTypes(Set.of("string"));
        return schema;
    }

    @Bean
    OperationCustomizer problemsOfOperations() {
        return (operation, handler) -> {
            Set<ProblemType> types = new LinkedHashSet<>();
            Problems problems = handler.getMethodAnnotation(Problems.class);
            if (problems != null) {
                types.addAll(Arrays.asList(problems.value()));
            }
            Writes writes = handler.getMethodAnnotation(Writes.class);
            if (writes != null) {
                addHeaders(operation, writes.value());
                types.add(ProblemType.UNAUTHENTICATED);
                operation.addSecurityItem(new SecurityRequirement().addList(TOKEN));
            }
            boolean hasBody =
                    handler.hasMethodAnnotation(PostMapping.class) || handler.hasMethodAnnotation(PutMapping.class);
            if (hasBody) {
                types.add(ProblemType.MALFORMED_REQUEST);
                types.add(ProblemType.BODY_TOO_LARGE);
                types.add(ProblemType.UNSUPPORTED_MEDIA_TYPE);
            }
            if (handler.hasMethodAnnotation(DeleteMapping.class)) {
                operation.getResponses().remove("200");
            }
            addProblems(operation.getResponses(), types);
            return operation;
        };
    }

    /** Two methods of one address, for a body and for parts, are one operation: its headers are described once. */
    private static void addHeaders(Operation operation, WriteHeader[] headers) {
        for (WriteHeader header : headers) {
            boolean isThere = operation.getParameters() != null
                    && operation.getParameters().stream()
                            .anyMatch(parameter -> header.headerName().equals(parameter.getName()));
            if (!isThere) {
                operation.addParametersItem(new HeaderParameter()
                        .name(header.headerName())
                        .description(header.description())
                        .required(false)
                        .schema(new StringSchema()));
            }
        }
    }

    private static void addProblems(ApiResponses responses, Set<ProblemType> types) {
        Map<Integer, List<ProblemType>> byStatus =
                types.stream().collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
        byStatus.forEach((status, ofStatus) -> responses.addApiResponse(
                String.valueOf(status),
                new ApiResponse()
                        .description(ofStatus.stream()
                                .map(type -> type.title() + " (" + type.uri() + ")")
                                .collect(Collectors.joining("; ")))
                        .content(new Content()
                                .addMediaType(
                                        "application/problem+json",
                                        new MediaType().schema(new Schema<>().$ref(PROBLEM_REF))))));
    }

    /** Where a description speaks of the formats of captures, it names those that there are. */
    @Bean
    OperationCustomizer formatsOfCaptures() {
        return (operation, handler) -> {
            String description = operation.getDescription();
            return description == null
                    ? operation
                    : operation.description(description
                            .replace("{captureFormats}", CaptureFormats.files())
                            .replace("{packings}", Packing.names()));
        };
    }

    /** A reference beside {@code type: null} would be met by nothing but null: what may be null says so as a choice. */
    @Bean
    OpenApiCustomizer nullableReferences() {
        return api -> {
            for (Schema<?> schema : api.getComponents().getSchemas().values()) {
                if (schema.getProperties() != null) {
                    schema.getProperties().replaceAll((name, property) -> choice(property));
                }
            }
        };
    }

    @SuppressWarnings("rawtypes") // as the schema's own map has it
    private static Schema choice(Schema property) {
        if (property.get$ref() == null || !Set.of("null").equals(property.getTypes())) {
            return property;
        }
        Schema<?> nothing = new Schema<>();
        nothing.setTypes(Set.of("null"));
        Schema<?> choice = new Schema<>();
        choice.setAnyOf(List.of(new Schema<>().$ref(property.get$ref()), nothing));
        choice.setDescription(property.getDescription());
        return choice;
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
