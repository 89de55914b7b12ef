package org.migreg.api;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code openapi/openapi.yaml}, to hold exchanges against: an answer has a documented status, media type and content, and
 * what was taken is what the contract says is taken. A field that the contract does not name is a violation, too.
 */
final class WrittenContract {

    private static final String ID = "https://migreg.invalid/contract";
    private static final String PROBLEM = "application/problem+json";
    private static final Pattern PROBLEM_TYPE = Pattern.compile("/problems/[a-z-]+");

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final SchemaRegistry schemas;
    private final Map<String, Schema> byText = new ConcurrentHashMap<>();

    /** @param path as the contract has it, such as {@code /api/v1/hosts/{name}} */
    record Operation(String method, String path, JsonNode description) {

        String name() {
            return method + " " + path;
        }

        private Pattern pattern() {
            return Pattern.compile(
                    "\\Q" + path.replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q") + "\\E", Pattern.CASE_INSENSITIVE);
        }

        /** Of two paths that fit, the one with fewer blanks is meant. */
        private long blanks() {
            return path.chars().filter(c -> c == '{').count();
        }

        boolean isAt(String given) {
            return pattern().matcher(given).matches();
        }

        @Override
        public String toString() {
            return name();
        }

        JsonNode responses() {
            return description.path("responses");
        }

        List<JsonNode> parameters(String in) {
            return StreamSupport.stream(description.path("parameters").spliterator(), false)
                    .filter(parameter -> parameter.get("in").asString().equals(in))
                    .toList();
        }
    }

    /** The committed one. */
    static WrittenContract committed() {
        return Committed.CONTRACT;
    }

    private static final class Committed {
        private static final WrittenContract CONTRACT = read();

        private static WrittenContract read() {
            try {
                return new WrittenContract(
                        new YAMLMapper().readTree(Files.readString(Path.of("openapi/openapi.yaml"))));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    WrittenContract(JsonNode given) {
        document = given.deepCopy();
        close(document.path("components").path("schemas"));
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                operations.add(new Operation(
                        operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
            }
        }
        resolveParameters();
        operations.sort(Comparator.comparingLong(Operation::blanks));
        ObjectNode definitions = JsonNodeFactory.instance.objectNode();
        definitions.put("$id", ID);
        definitions.set("$defs", document.path("components").path("schemas"));
        String text = withReferences(definitions, "#/$defs/");
        schemas = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi31(),
                registry -> registry.schemas(Map.of(ID, text))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** Parameters that stand once for all operations. */
    private void resolveParameters() {
        for (Operation operation : operations) {
            if (operation.description().path("parameters") instanceof ArrayNode parameters) {
                for (int i = 0; i < parameters.size(); i++) {
                    String reference = parameters.get(i).path("$ref").asString("");
                    if (!reference.isEmpty()) {
                        parameters.set(i, document.at(reference.substring(1)));
                    }
                }
            }
        }
    }

    /** The schema's text, with the definitions of components in another place. */
    private static String withReferences(JsonNode schema, String place) {
        return schema.toString().replace("\"#/components/schemas/", "\"" + place);
    }

    /** The contract names every field: what has another one is not what it describes. */
    private static void close(JsonNode components) {
        for (JsonNode schema : components) {
            if (schema instanceof ObjectNode object
                    && object.has("properties")
                    && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
        }
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Whether the contract speaks of this address at all, or of what lies around it. */
    static boolean isAbout(Exchange exchange) {
        return exchange.path().startsWith("/api/") || exchange.path().startsWith("/problems/");
    }

    /** What of this exchange is not as the contract says, a sentence each. */
    List<String> violations(Exchange exchange) {
        if (!isAbout(exchange) || exchange.method().equals("OPTIONS")) {
            return List.of();
        }
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        List<Operation> here =
                operations.stream().filter(each -> each.isAt(exchange.path())).toList();
        Operation operation = here.stream()
                .filter(each -> each.method().equals(method))
                .findFirst()
                .orElse(null);
        List<String> violations = new ArrayList<>();
        if (operation != null) {
            answer(operation, exchange, violations);
            if (exchange.hasSucceeded()) {
                request(operation, exchange, violations);
            }
        } else {
            nothingThere(!here.isEmpty(), exchange, violations);
        }
        String name = operation == null ? exchange.method() + " " + exchange.path() : operation.name();
        return violations.stream()
                .map(violation -> name + " -> " + exchange.status() + ": " + violation)
                .toList();
    }

    /** An address, or a method, that the contract does not have. */
    private void nothingThere(boolean hasOtherMethods, Exchange exchange, List<String> violations) {
        if (exchange.hasSucceeded()) {
            violations.add("the contract has no such operation");
            return;
        }
        problem(exchange, violations);
        if (exchange.status() == 405 && !hasOtherMethods) {
            violations.add("the contract has nothing at this address");
        }
    }

    private void answer(Operation operation, Exchange exchange, List<String> violations) {
        JsonNode response = operation.responses().get(String.valueOf(exchange.status()));
        if (response == null) {
            violations.add("the status is not documented: " + exchange.answered());
            return;
        }
        if (exchange.status() == 200
                && exchange.etag() != null
                && operation.method().equals("GET")
                && !operation.responses().has("304")) {
            violations.add("the answer has an ETag, and the contract does not say that it may be unchanged, 304");
        }
        JsonNode content = response.path("content");
        if (exchange.method().equals("HEAD")) {
            return;
        }
        if (content.isEmpty()) {
            if (!exchange.answered().isEmpty()) {
                violations.add("the contract has no content here: " + exchange.answered());
            }
            return;
        }
        String type = essence(exchange.answeredType());
        if (type == null || !content.has(type)) {
            violations.add(
                    "the media type is " + exchange.answeredType() + ", documented are " + content.propertyNames());
            return;
        }
        if (type.equals(PROBLEM) && problem(exchange, violations)) {
            List<String> named = PROBLEM_TYPE
                    .matcher(response.path("description").asString(""))
                    .results()
                    .map(match -> match.group())
                    .toList();
            String answered = tree(exchange.answered()).path("type").asString("");
            if (!named.contains(answered)) {
                violations.add("the problem " + answered + " is not among those documented, " + named);
            }
        } else if (type.equals("application/json") || (type.endsWith("+json") && !type.equals(PROBLEM))) {
            json(content.get(type).get("schema"), exchange.answered(), violations);
        }
    }

    /** Whether it can be read as one. */
    private boolean problem(Exchange exchange, List<String> violations) {
        if (!PROBLEM.equals(essence(exchange.answeredType()))) {
            violations.add("this is no problem, but " + exchange.answeredType());
            return false;
        }
        JsonNode schema = document.get("components").get("schemas").get("Problem");
        if (exchange.method().equals("HEAD") || !json(schema, exchange.answered(), violations)) {
            return false;
        }
        JsonNode problem = tree(exchange.answered());
        if (problem.path("status").asInt(0) != exchange.status()) {
            violations.add("the problem says status " + problem.path("status"));
        }
        return true;
    }

    private void request(Operation operation, Exchange exchange, List<String> violations) {
        parameters(operation, exchange, violations);
        byte[] sent = exchange.sent();
        if (sent == null) {
            return;
        }
        JsonNode body = operation.description().get("requestBody");
        if (body == null) {
            if (sent.length > 0) {
                violations.add("a body was taken, and the contract has none");
            }
            return;
        }
        if (sent.length == 0) {
            if (body.path("required").asBoolean(false)) {
                violations.add("no body was taken, and the contract demands one");
            }
            return;
        }
        String type = essence(exchange.sentType());
        if (type == null || !body.get("content").has(type)) {
            violations.add("a body of " + exchange.sentType() + " was taken, documented are "
                    + body.get("content").propertyNames());
            return;
        }
        if (type.equals("application/json")) {
            json(body.get("content").get(type).get("schema"), new String(sent, StandardCharsets.UTF_8), violations);
        }
    }

    private void parameters(Operation operation, Exchange exchange, List<String> violations) {
        Map<String, List<String>> given = new TreeMap<>();
        for (String parameter : exchange.parameters()) {
            int at = parameter.indexOf('=');
            given.computeIfAbsent(decoded(at < 0 ? parameter : parameter.substring(0, at)), first -> new ArrayList<>())
                    .add(at < 0 ? "" : decoded(parameter.substring(at + 1)));
        }
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.get("name").asString();
            List<String> values = given.remove(name);
            if (values == null) {
                if (parameter.path("required").asBoolean(false)) {
                    violations.add("the parameter " + name + " is required, and was not given");
                }
                continue;
            }
            JsonNode schema = parameter.get("schema");
            json(schema, value(schema, values).toString(), violations);
        }
        given.keySet().forEach(name -> violations.add("the parameter " + name + " was taken, and is not documented"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** What the texts of a parameter stand for, as its schema has it. */
    private static JsonNode value(JsonNode schema, List<String> texts) {
        List<String> types = schema.path("type").isArray()
                ? StreamSupport.stream(schema.get("type").spliterator(), false)
                        .map(JsonNode::asString)
                        .toList()
                : List.of(schema.path("type").asString("string"));
        if (types.contains("array")) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            texts.forEach(text -> array.add(value(schema.path("items"), List.of(text))));
            return array;
        }
        if (texts.size() > 1) {
            ArrayNode several = JsonNodeFactory.instance.arrayNode();
            texts.forEach(several::add);
            return several;
        }
        String text = texts.getFirst();
        if (types.contains("integer") && text.matches("-?[0-9]{1,18}")) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        }
        if (types.contains("boolean") && (text.equals("true") || text.equals("false"))) {
            return JsonNodeFactory.instance.booleanNode(text.equals("true"));
        }
        return JsonNodeFactory.instance.stringNode(text);
    }

    /** Whether it is JSON at all. */
    private boolean json(JsonNode given, String text, List<String> violations) {
        try {
            tree(text);
        } catch (JacksonException malformed) {
            violations.add("this is not JSON: " + shortened(text));
            return false;
        }
        Schema schema = byText.computeIfAbsent(withReferences(given, ID + "#/$defs/"), schemas::getSchema);
        schema.validate(text, InputFormat.JSON).forEach(error -> violations.add(error + " in " + shortened(text)));
        return true;
    }

    private static JsonNode tree(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static String shortened(String text) {
        return text.length() <= 600 ? text : text.substring(0, 600) + "...";
    }

    private static @Nullable String essence(@Nullable String mediaType) {
        return mediaType == null ? null : mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
