package org.migreg.api.contract;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.access.Permission;
import org.migreg.api.operation.OperationMethods;
import org.migreg.api.operation.RevisionHeaders;
import org.migreg.api.operation.Versioned;
import org.migreg.api.operation.Writes;
import org.migreg.contract.json.DomainText;
import org.migreg.contract.problem.ProblemType;
import org.migreg.contract.problem.ProblemView;
import org.migreg.format.CaptureFormats;
import org.migreg.format.packed.Packing;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.migreg.web.security.OperationTable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.method.HandlerMethod;

/** What the annotations of the controllers do not say of the contract: title, security, problems. */
@Configuration(proxyBeanMethods = false)
class ApiContract {

    private static final String PROBLEM_REF = "#/components/schemas/Problem";
    private static final String LEAST_REVISION = "LeastRevision";
    private static final String LEAST_REVISION_REF = "#/components/parameters/" + LEAST_REVISION;
    private static final String TOKEN = "token";
    private static final String PARTS = "multipart/form-data";
    private static final Set<String> JSON_AND_PARTS = Set.of("application/json", PARTS);

    @Bean
    OpenAPI openApi() {
        // Described from @Writes, below.
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(WriteHeaders.class)
                .addSimpleTypesForParameterObject(
                        DomainText.ALL.stream().map(DomainText::type).toArray(Class<?>[]::new));
        Components components = new Components();
        ModelConverters.getInstance(true)
                .readAllAsResolvedSchema(new AnnotatedType(ProblemView.class))
                .referencedSchemas
                .forEach(components::addSchemas);
        Schema<?> problem =
                ModelConverters.getInstance(true).readAllAsResolvedSchema(new AnnotatedType(ProblemView.class)).schema;
        components.addSchemas("Problem", problem);
        components.addSecuritySchemes(
                TOKEN,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description(
                                "The token of an account (mgr_…), the first administrator's in <data dir>/admin-token, or a JWT of"
                                        + " the provider of identities that the service trusts."));
        components.addParameters(
                LEAST_REVISION,
                new HeaderParameter()
                        .name(RevisionHeaders.LEAST)
                        .description(
                                "The answer must rest on this revision or a later one, as X-Migreg-Revision of the answer to"
                                        + " a write says it: so a write is seen through whichever instance is asked next.")
                        .required(false)
                        .schema(new IntegerSchema().format("int64").minimum(BigDecimal.ZERO)));
        components.addHeaders(
                "Revision",
                new Header()
                        .description(
                                "Everything up to this revision is in the answer; after a write, the revision that it made.")
                        .schema(new IntegerSchema().format("int64")));
        return new OpenAPI()
                .info(new Info()
                        .title("migreg")
                        .version("1")
                        .description("""
                                The registry of machine-type compat register policies for live migration of Arm guests on QEMU/KVM.

                                Register IDs are strings of 16 hex digits in answers; requests take every form. Versions are ETags: \
                                a change or deletion names the version it means with If-Match. Reading and evaluating on loopback \
                                need no credential; everything else needs a bearer token of an account whose role has the permission that the \
                                operation names (x-migreg-permission; docs/access.md). Writes take the header X-Migreg-Reason for their \
                                revision, and X-Migreg-Author from callers who may speak for others. Each answer says in X-Migreg-Revision which revision it \
                                rests on; a request that sends it as X-Migreg-Min-Revision to another instance is answered from \
                                there or later.""")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This service")))
                .components(components);
    }

    private static Schema<?> string(@Nullable String description) {
        Schema<?> schema = new StringSchema().description(description);
        schema.setTypes(Set.of("string"));
        return schema;
    }

    @Bean
    OperationCustomizer problemsOfOperations() {
        return (operation, handler) -> {
            Writes writes = handler.getMethodAnnotation(Writes.class);
            if (writes != null) {
                addHeaders(operation, writes.value());
            }
            if (handler.hasMethodAnnotation(DeleteMapping.class)) {
                operation.getResponses().remove("200");
            }
            if (handler.hasMethodAnnotation(Versioned.class)) {
                operation
                        .getResponses()
                        .addApiResponse(
                                "304",
                                new ApiResponse().description("If-None-Match names its ETag: it is still that one."));
            }
            addBodies(operation, handler);
            if (OperationProblems.isUnderTheApi(handler)) {
                addRevisions(operation);
            }
            addProblems(operation.getResponses(), OperationProblems.of(handler));
            return operation;
        };
    }

    /** Where one method takes a body and another one its parts, springdoc keeps the JSON and the parts, and no other body. */
    private static void addBodies(Operation operation, HandlerMethod handler) {
        RequestBody body = operation.getRequestBody();
        if (body == null || body.getContent() == null) {
            return;
        }
        Map<String, String> formats = new TreeMap<>();
        for (HandlerMethod method : OperationMethods.of(handler)) {
            OperationMethods.consumed(method).forEach(type -> formats.put(type, ""));
            var declared = method.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
            if (declared != null) {
                for (var content : declared.requestBody().content()) {
                    formats.put(content.mediaType(), content.schema().format());
                }
            }
        }
        formats.keySet().removeAll(JSON_AND_PARTS);
        formats.forEach((type, format) -> body.getContent().computeIfAbsent(type, first -> {
            Schema<?> text = string(null);
            text.setFormat(format.isEmpty() ? null : format);
            return new MediaType().schema(text);
        }));
        if (body.getContent().size() > 1) {
            body.getContent().computeIfPresent(PARTS, (type, content) -> content.schema(files()));
        }
    }

    /** Generators of clients leave the type of a form out, and use it, where other media types stand beside it. */
    private static Schema<?> files() {
        Schema<?> file = string(null);
        file.setFormat("binary");
        Schema<?> list = new ArraySchema().items(file);
        list.setTypes(Set.of("array"));
        Schema<?> files =
                new MapSchema().additionalProperties(list).description("Files, in parts that are named 'file'.");
        files.setTypes(Set.of("object"));
        return files;
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

    private static void addRevisions(Operation operation) {
        boolean isThere = operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> LEAST_REVISION_REF.equals(parameter.get$ref()));
        if (!isThere) {
            operation.addParametersItem(new Parameter().$ref(LEAST_REVISION_REF));
        }
        operation.getResponses().values().stream()
                .filter(response ->
                        response.getHeaders() == null || !response.getHeaders().containsKey(RevisionHeaders.REVISION))
                .forEach(response -> response.addHeaderObject(
                        RevisionHeaders.REVISION, new Header().$ref("#/components/headers/Revision")));
    }

    private static void addProblems(ApiResponses responses, Set<ProblemType> types) {
        Map<Integer, List<ProblemType>> byStatus =
                types.stream().collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
        byStatus.forEach((status, ofStatus) -> {
            ApiResponse response = new ApiResponse()
                    .description(ofStatus.stream()
                            .map(type -> type.title() + " (" + type.uri() + ")")
                            .collect(Collectors.joining("; ")))
                    .content(new Content()
                            .addMediaType(
                                    "application/problem+json",
                                    new MediaType().schema(new Schema<>().$ref(PROBLEM_REF))));
            if (status == HttpStatus.SERVICE_UNAVAILABLE.value() || status == HttpStatus.TOO_MANY_REQUESTS.value()) {
                response.addHeaderObject(
                        HttpHeaders.RETRY_AFTER,
                        new Header()
                                .description("After how many seconds to try again.")
                                .schema(new IntegerSchema()));
            }
            responses.addApiResponse(String.valueOf(status), response);
        });
    }

    /** Each operation says what it needs; what anybody on the same host may do needs no credential there. */
    @Bean
    OpenApiCustomizer permissions() {
        SecurityRequirement token = new SecurityRequirement().addList(TOKEN);
        return contract -> contract.getPaths().forEach((path, item) -> {
            if (path.startsWith("/api/")) {
                item.readOperationsMap().forEach((method, operation) -> {
                    Permission permission = OperationTable.of(method.name(), path);
                    operation.addExtension("x-migreg-permission", permission.toString());
                    if (!permission.isOpenOnLoopback()) {
                        operation.setSecurity(List.of(token));
                    }
                });
            }
        });
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
}
