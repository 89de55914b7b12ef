package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.api.RunningService.Answer;
import org.migreg.api.WrittenContract.Operation;
import tools.jackson.databind.JsonNode;

/** What holds for each operation that the contract has: what is refused is refused before anything is done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryOperationTests {

    private static final String V1 = "/api/v1";
    private static final String JSON = "application/json";

    private RunningService service;
    private Path directory;
    private String capture = "";
    private int made;

    @BeforeAll
    void start(@TempDir Path directory) {
        this.directory = directory;
        service = new RunningService(directory);
        capture = service.get(V1 + "/captures?limit=1")
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    static Stream<Operation> operations() {
        return WrittenContract.committed().operations().stream();
    }

    static Stream<Operation> writes() {
        return operations()
                .filter(operation -> operation.description().has("security")
                        && !operation.method().equals("GET"));
    }

    @Test
    void theContractHasOperationsAndWrites() {
        assertThat(operations().count()).isGreaterThanOrEqualTo(59);
        assertThat(writes().count()).isGreaterThanOrEqualTo(21);
    }

    // Writes that would be done

    private static final String SAMPLES = V1 + "/unread-samples";
    private static final String SAMPLE = "{\"log\": \"a log\", \"consent\": true}";

    @SuppressWarnings("ArrayRecordComponent") // Given in a row, and never compared.
    private record Call(
            String method, String path, @Nullable String type, String body, String... headers) {}

    private String fresh(String kind) {
        made++;
        return kind + "-" + made;
    }

    private Answer done(Call call) {
        Answer answer = send(call);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer;
    }

    private Answer send(Call call, String... more) {
        HttpRequest.Builder request = service.request(call.path(), more)
                .header("Authorization", "Bearer " + service.token())
                .method(
                        call.method(),
                        call.body().isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(call.body()));
        if (call.type() != null) {
            request.header("Content-Type", call.type());
        }
        if (call.headers().length > 0) {
            request.headers(call.headers());
        }
        return service.send(request);
    }

    private String machineType() {
        String name = fresh("virt-each");
        done(new Call("POST", V1 + "/machine-types", JSON, "{\"name\": \"" + name + "\"}"));
        return name;
    }

    private String entry() {
        return done(new Call("POST", V1 + "/machine-types/" + machineType() + "/entries", JSON, entryOf("TCR2_EL1")))
                .header("Location");
    }

    private static String entryOf(String register) {
        return """
            {"property": "x-mig-hidden-regs", "register": "%s", "kernels": {"stream": "upstream", "range": ">=6.16"},
             "rationale": "a test"}""".formatted(register);
    }

    private String draft() {
        String name = fresh("draft");
        done(new Call("POST", V1 + "/drafts", JSON, "{\"name\": \"" + name + "\", \"edits\": [" + edit() + "]}"));
        return V1 + "/drafts/" + name;
    }

    private String edit() {
        return "{\"op\": \"putMachineType\", \"machineType\": \"" + fresh("virt-draft") + "\", \"definition\": {}}";
    }

    private String expectation() {
        return done(new Call("POST", V1 + "/expectations", JSON, expected())).header("Location");
    }

    private static String expected() {
        return "{\"machineType\": \"virt-10.1\", \"sourceKernels\": {\"stream\": \"el9\", \"range\": \"*\"},"
                + " \"destinationKernels\": {\"stream\":"
                + " \"el10\", \"range\": \"*\"}}";
    }

    private String host() {
        String path = V1 + "/hosts/" + fresh("host");
        done(new Call("PUT", path, JSON, "{\"capture\": \"" + capture + "\"}"));
        return path;
    }

    /** For each write a request that is good, and new each time; by the operation's id. */
    private final Map<String, Supplier<Call>> good = new HashMap<>(Map.of(
            "createMachineType",
            () -> new Call("POST", V1 + "/machine-types", JSON, "{\"name\": \"" + fresh("virt-new") + "\"}"),
            "replaceMachineType",
            () -> new Call(
                    "PUT",
                    V1 + "/machine-types/" + machineType(),
                    JSON,
                    "{\"description\": \"another\"}",
                    "If-Match",
                    "*"),
            "deleteMachineType",
            () -> new Call("DELETE", V1 + "/machine-types/" + machineType(), null, "", "If-Match", "*"),
            "addEntry",
            () -> new Call("POST", V1 + "/machine-types/" + machineType() + "/entries", JSON, entryOf("TCR2_EL1")),
            "replaceEntry",
            () -> new Call("PUT", entry(), JSON, entryOf("PIR_EL1"), "If-Match", "*"),
            "deleteEntry",
            () -> new Call("DELETE", entry(), null, "", "If-Match", "*"),
            "addExpectation",
            () -> new Call("POST", V1 + "/expectations", JSON, expected()),
            "replaceExpectation",
            () -> new Call("PUT", expectation(), JSON, expected().replace("virt-10.1", "virt-10.0"), "If-Match", "*"),
            "deleteExpectation",
            () -> new Call("DELETE", expectation(), null, "", "If-Match", "*")));

    {
        good.put("createDraft", () -> new Call("POST", V1 + "/drafts", JSON, "{\"name\": \"" + fresh("draft") + "\"}"));
        good.put(
                "replaceDraft", () -> new Call("PUT", draft(), JSON, "{\"edits\": [" + edit() + "]}", "If-Match", "*"));
        good.put("deleteDraft", () -> new Call("DELETE", draft(), null, "", "If-Match", "*"));
        good.put("rebaseDraft", () -> {
            String draft = draft();
            machineType();
            return new Call("POST", draft + "/rebase", null, "");
        });
        good.put("publishDraft", () -> new Call("POST", draft() + "/publish", null, ""));
        good.put(
                "putHost",
                () -> new Call("PUT", V1 + "/hosts/" + fresh("host"), JSON, "{\"capture\": \"" + capture + "\"}"));
        good.put(
                "putHosts",
                () -> new Call(
                        "POST",
                        V1 + "/hosts/batch",
                        JSON,
                        "{\"hosts\": [{\"name\": \"" + fresh("host") + "\", \"capture\": \"" + capture + "\"}]}"));
        good.put("deleteHost", () -> new Call("DELETE", host(), null, "", "If-Match", "*"));
        good.put(
                "addCapture",
                () -> new Call(
                        "POST",
                        V1 + "/captures?cpuModel=" + fresh("cpu"),
                        JSON,
                        "{\"registers\": [\"0x603000000013c103\"]}"));
        good.put("revertRevision", () -> {
            machineType();
            return new Call("POST", V1 + "/revisions/" + newestRevision() + "/revert", null, "");
        });
        good.put(
                "applyTable",
                () -> new Call(
                        "POST",
                        V1 + "/tables/apply",
                        JSON,
                        "{\"formatVersion\": 1, \"machineTypes\": [{\"name\": \"" + fresh("virt-file")
                                + "\", \"architecture\": \"aarch64\"}]}"));
        good.put(
                "createAccount",
                () -> new Call(
                        "POST", ACCOUNTS, JSON, "{\"name\": \"" + fresh("account") + "\", \"role\": \"viewer\"}"));
        good.put("replaceAccount", () -> new Call("PUT", account(), JSON, "{\"role\": \"editor\"}", "If-Match", "*"));
        good.put("deleteAccount", () -> new Call("DELETE", account(), null, "", "If-Match", "*"));
        good.put("createToken", () -> new Call("POST", account() + "/tokens", JSON, "{}"));
        good.put("revokeToken", () -> {
            String account = account();
            String id = done(new Call("POST", account + "/tokens", JSON, "{}"))
                    .json()
                    .get("id")
                    .asString();
            return new Call("DELETE", account + "/tokens/" + id, null, "");
        });
        good.put("makeBackup", () -> new Call("POST", V1 + "/backups", null, ""));
        good.put("keepSample", () -> new Call("POST", SAMPLES, JSON, SAMPLE));
        good.put(
                "deleteSample",
                () -> new Call(
                        "DELETE", done(new Call("POST", SAMPLES, JSON, SAMPLE)).header("Location"), null, ""));
        good.put(
                "importTable",
                () -> new Call(
                        "POST",
                        V1 + "/tables/import",
                        "text/plain",
                        "-machine " + fresh("virt-text") + " -global arm-cpu.x-mig-hidden-regs=0x6030000000160003"));
    }

    private static final String ACCOUNTS = V1 + "/accounts";

    private String account() {
        return done(new Call("POST", ACCOUNTS, JSON, "{\"name\": \"" + fresh("account") + "\", \"role\": \"viewer\"}"))
                .header("Location");
    }

    private Call good(Operation operation) {
        String id = operation.description().get("operationId").asString();
        Supplier<Call> call = good.get(id);
        assertThat(call).as("a new write needs a good request here: " + id).isNotNull();
        return call.get();
    }

    private long newestRevision() {
        long newest = 0;
        while (true) {
            JsonNode page =
                    service.get(V1 + "/revisions?limit=1000&since=" + newest).json();
            if (page.isEmpty()) {
                return newest;
            }
            newest = page.get(page.size() - 1).get("number").asLong();
        }
    }

    /** All that a write may change: each other write makes a revision, drafts have versions, and samples ids. */
    private String state() {
        return newestRevision() + " " + service.get(V1 + "/drafts").text() + " "
                + send(new Call("GET", SAMPLES + "?limit=1", null, "")).text() + " "
                + send(new Call("GET", ACCOUNTS, null, "")).text() + " " + backups();
    }

    private List<String> backups() {
        String[] files = directory.resolve("backups").toFile().list();
        return files == null ? List.of() : List.of(files);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteWhoseAnswerIsNotToBeHadAsWantedIsNotDone(Operation operation) {
        boolean hasContent = !operation.responses().has("204");
        for (String wanted : List.of(
                "text/plain",
                "image/png",
                "application/xml",
                "text/html, application/problem+json",
                "application/json;q=0",
                "nonsense")) {
            Call call = good(operation);
            String before = state();
            Answer answer = send(call, "Accept", wanted);
            if (hasContent) {
                assertThat(answer.status()).as(wanted + answer.text()).isEqualTo(406);
                assertThat(answer.json().get("field").asString()).isEqualTo("Accept");
                assertThat(answer.json().get("detail").asString()).contains(JSON);
                assertThat(state()).as(wanted).isEqualTo(before);
            } else {
                assertThat(answer.status()).as(wanted + answer.text()).isEqualTo(204);
            }
        }
        for (String wanted : List.of("*/*", "application/json;charset=iso-8859-1", "image/png, application/*;q=0.1")) {
            Call call = good(operation);
            String before = state();
            Answer answer = send(call, "Accept", wanted);
            assertThat(answer.status()).as(wanted + answer.text()).isBetween(200, 299);
            assertThat(state()).as(wanted).isNotEqualTo(before);
            if (hasContent) {
                assertThat(answer.header("Content-Type")).as(wanted).isEqualTo(JSON);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteWithAParameterThatIsNotThereOrHasNoValueIsNotDone(Operation operation) {
        Call call = good(operation);
        String before = state();
        String separator = call.path().contains("?") ? "&" : "?";
        for (String parameter : List.of("dryrun=true", "dry_run=true", "dryRun=", "dryRun", "nonsense=")) {
            Answer answer = send(new Call(
                    call.method(), call.path() + separator + parameter, call.type(), call.body(), call.headers()));
            assertThat(answer.problem()).as(parameter).isEqualTo("invalid-field");
            assertThat(state()).isEqualTo(before);
        }
        done(call);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteWithoutTheTokenIsNotDone(Operation operation) {
        Call call = good(operation);
        String before = state();
        for (String token : List.of("Bearer wrong-token-wrong-token", "Basic YTpi")) {
            HttpRequest.Builder request = service.request(call.path())
                    .header("Authorization", token)
                    .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()));
            assertThat(service.send(request).problem()).isEqualTo("unauthenticated");
        }
        assertThat(state()).isEqualTo(before);
    }

    // Whatever the operation is

    /** The operation's address, with the contract's examples in place of its blanks. */
    private static String address(Operation operation) {
        String address = operation.path();
        for (JsonNode parameter : operation.parameters("path")) {
            JsonNode example = parameter.has("example")
                    ? parameter.get("example")
                    : parameter.get("schema").get("enum").get(0);
            address = address.replace("{" + parameter.get("name").asString() + "}", example.asString());
        }
        assertThat(address).doesNotContain("{");
        return address;
    }

    /** A body's media type that its parameters go with. */
    private static @Nullable String type(Operation operation) {
        JsonNode content = operation.description().path("requestBody").path("content");
        if (content.isMissingNode()) {
            return null;
        }
        return content.has("text/plain") ? "text/plain" : JSON;
    }

    private Answer ask(Operation operation, String query, String... headers) {
        HttpRequest.Builder request = service.request(address(operation) + query, headers)
                .header("Authorization", "Bearer " + service.token())
                .method(
                        operation.method(),
                        type(operation) == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{}"));
        if (type(operation) != null) {
            request.header("Content-Type", type(operation));
        }
        return service.send(request);
    }

    private static List<String> parameters(Operation operation) {
        return operation.parameters("query").stream()
                .map(parameter -> parameter.get("name").asString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aParameterThatIsNotThereIsRefusedByItsName(Operation operation) {
        for (String given : List.of("noSuchThing", "kernel[0]", "_limit", "Größe")) {
            Answer answer = ask(operation, "?" + encoded(given) + "=5");
            assertThat(answer.problem()).as(given).isEqualTo("invalid-field");
            assertThat(answer.json().get("field").asString()).isEqualTo(given);
            assertThat(answer.json().get("rejectedValue").asString()).isEqualTo("5");
            List<String> known = parameters(operation);
            if (known.isEmpty()) {
                assertThat(answer.json().get("detail").asString()).contains("none is taken");
            } else {
                assertThat(answer.json().get("detail").asString()).contains(known);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aParameterThatIsMisspeltIsRefusedWithTheOneThatWasMeant(Operation operation) {
        for (String meant : parameters(operation)) {
            List<String> misspelt = new ArrayList<>(List.of(
                    meant.substring(0, meant.length() - 1), meant + "s", meant.charAt(0) + "_" + meant.substring(1)));
            if (!meant.equals(meant.toLowerCase(Locale.ROOT))) {
                misspelt.add(meant.toLowerCase(Locale.ROOT));
                misspelt.add(meant.toUpperCase(Locale.ROOT));
            }
            for (String given : misspelt) {
                Answer answer = ask(operation, "?" + given + "=1");
                assertThat(answer.problem()).as(given).isEqualTo("invalid-field");
                assertThat(answer.json().get("field").asString()).isEqualTo(given);
                assertThat(answer.json().get("detail").asString()).contains("'" + meant + "' was likely meant");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aParameterThatIsDocumentedIsTaken(Operation operation) {
        for (String name : parameters(operation)) {
            Answer answer = ask(operation, "?" + name + "=1&dryRun_=1");
            assertThat(answer.json().get("field").asString()).as(name).isEqualTo("dryRun_");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aParameterOfOneValueIsRefusedWhereItIsGivenTwice(Operation operation) {
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.get("name").asString();
            Answer answer = ask(operation, "?" + name + "=1&" + name + "=2");
            if (parameter.get("schema").get("type").toString().contains("array")) {
                assertThat(answer.text()).doesNotContain("times");
            } else {
                assertThat(answer.problem()).as(name).isEqualTo("invalid-field");
                assertThat(answer.json().get("field").asString()).isEqualTo(name);
                assertThat(answer.json().get("rejectedValue").asString()).isEqualTo("1, 2");
                assertThat(answer.json().get("detail").asString()).contains("2 times");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anAnswerThatIsNotToBeHadAsWantedIsRefusedWhereItIsNegotiated(Operation operation) {
        boolean isNegotiated = operation.responses().has("406");
        for (String wanted : List.of("image/png", "nonsense", "application/json;q=0,text/*;q=0,application/*;q=0")) {
            Answer answer = ask(operation, isNegotiated ? "" : "?nonsense=1", "Accept", wanted);
            assertThat(answer.problem()).as(wanted).isEqualTo(isNegotiated ? "not-acceptable" : "invalid-field");
        }
    }

    /** Of the address it is the operation that refuses it, of the body whoever reads it. */
    @ParameterizedTest
    @MethodSource("operations")
    void whatCannotBeReadIsRefused(Operation operation) {
        assertThat(ask(operation, "?%FF=1").problem()).isEqualTo("malformed-request");
        assertThat(ask(operation, "?a%01b=1").problem()).isEqualTo("malformed-request");
        if (operation.description().has("requestBody")) {
            HttpRequest.Builder form = service.request(address(operation))
                    .header("Authorization", "Bearer " + service.token())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method(operation.method(), HttpRequest.BodyPublishers.ofString("a=b&dryRun=true"));
            assertThat(service.send(form).problem()).isEqualTo("unsupported-media-type");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aWrongTokenIsRefusedAlsoWhereNoneIsNeeded(Operation operation) {
        HttpRequest.Builder request = service.request(address(operation))
                .header("Authorization", "Bearer wrong-token-wrong-token")
                .method(operation.method(), HttpRequest.BodyPublishers.noBody());
        Answer answer = service.send(request);
        if (operation.path().startsWith("/api/")) {
            assertThat(answer.problem()).isEqualTo("unauthenticated");
        } else {
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNoneOfTheContractsOperationsIsTolerant() {
        for (String address : List.of("/v3/api-docs?x=1", "/actuator/health?x=1", "/matrix?x=1")) {
            assertThat(service.get(address).status()).as(address).isEqualTo(200);
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DryRun", "Dry-Run", "dryRun"})
    void aHeaderIsNoParameter(String header) {
        Call call = good.get("importTable").get();
        Answer answer = send(call, header, "true", "Prune", "true", "Form", "libvirt-xml");
        assertThat(answer.json().get("plan").get("dryRun").asBoolean()).isFalse();
        assertThat(answer.json().get("form").asString()).isEqualTo("command-line");
    }
}
