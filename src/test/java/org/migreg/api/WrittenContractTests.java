package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all HTTP tests are held against finds what is not as the contract says: planted answers and requests. */
class WrittenContractTests {

    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String REVISIONS = "/api/v1/revisions";
    private static final String MACHINE_TYPES = "/api/v1/machine-types";
    private static final String REVISION = """
            [{"number": 1, "at": "2026-11-26T18:00:00Z", "author": "eva", "reason": "why", "kind": "TABLES"}]""";
    private static final String HOSTS = """
            {"items": [{"name": "h", "capture": "sha256:%s", "kernel": null, "cpuModel": null,
                        "names": [], "qemu": null, "xMigProperties": null, "cpu": null,
            "lastSeen": "2026-11-26T18:00:00Z", "stale": null, "since": "2026-11-26T18:00:00Z", "revision": 3}], "total": 1, "offset": 0, "limit": 100}""".formatted("0".repeat(64));
    private static final String CREATED = """
            {"name": "virt-1.0", "architecture": "aarch64", "inheritsFrom": null, "description": "",
             "inheritanceChain": ["virt-1.0"], "ownEntries": 0, "revision": 4}""";
    private static final String STALE = """
            {"type": "/problems/stale-version", "title": "t", "status": 412, "detail": "d"}""";

    private static Exchange answer(String method, String target, int status, @Nullable String type, String body) {
        return new Exchange(method, target, null, new byte[0], status, type, null, body);
    }

    private static Exchange create(@Nullable String type, String sent) {
        return new Exchange(
                "POST", MACHINE_TYPES, type, sent.getBytes(StandardCharsets.UTF_8), 201, JSON, null, CREATED);
    }

    private static List<String> violations(Exchange exchange) {
        return WrittenContract.committed().violations(exchange);
    }

    @Test
    void whatIsAsTheContractSaysIsNoViolation() {
        assertThat(violations(answer("GET", REVISIONS, 200, JSON, REVISION))).isEmpty();
        assertThat(violations(answer("GET", REVISIONS + "?since=1&limit=5", 200, JSON + ";charset=UTF-8", REVISION)))
                .isEmpty();
        assertThat(violations(answer("HEAD", REVISIONS, 200, JSON, ""))).isEmpty();
        assertThat(violations(answer("GET", "/api/v1/hosts", 200, JSON, HOSTS))).isEmpty();
        assertThat(violations(create(JSON, "{\"name\": \"virt-1.0\"}"))).isEmpty();
        assertThat(violations(answer("DELETE", MACHINE_TYPES + "/virt-1.0", 204, null, "")))
                .isEmpty();
        assertThat(violations(answer("DELETE", MACHINE_TYPES + "/virt-1.0", 412, PROBLEM_JSON, STALE)))
                .isEmpty();
        assertThat(violations(answer("GET", "/matrix", 200, "text/html", "<html>")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"418, application/json", "200, text/html", "200, ", "204, application/json", "404, application/json"})
    void anotherStatusOrMediaTypeIsAViolation(int status, @Nullable String type) {
        assertThat(violations(answer("GET", REVISIONS, status, type, REVISION))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "{}",
                "null",
                "[{}]",
                "[{\"number\": 1}]",
            })
    void anotherContentIsAViolation(String body) {
        assertThat(violations(answer("GET", REVISIONS, 200, JSON, body))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"number\": 1|\"number\": \"1\"",
                "\"number\": 1|\"number\": null",
                "\"author\": \"eva\",|",
                "\"author\": \"eva\",|\"author\": \"eva\", \"writer\": \"eva\",",
                "2026-11-26T18:00:00Z|yesterday",
            },
            delimiter = '|')
    void aFieldThatIsMissingOrWrongOrUnknownIsAViolation(String right, @Nullable String wrong) {
        String planted = REVISION.replace(right, wrong == null ? "" : wrong);
        assertThat(planted).isNotEqualTo(REVISION);
        assertThat(violations(answer("GET", REVISIONS, 200, JSON, planted))).isNotEmpty();
    }

    @Test
    void aWrongFieldDeepInAnAnswerIsAViolation() {
        assertThat(violations(answer("GET", "/api/v1/hosts", 200, JSON, HOSTS.replace("\"sha256:", "\"md5:"))))
                .isNotEmpty();
        assertThat(violations(answer("GET", "/api/v1/hosts", 200, JSON, HOSTS.replace("\"kernel\": null,", ""))))
                .isNotEmpty();
        assertThat(violations(
                        answer("GET", "/api/v1/hosts", 200, JSON, HOSTS.replace("\"kernel\": null", "\"kernel\": {}"))))
                .isNotEmpty();
    }

    @Test
    void aProblemThatIsNotTheOperationsIsAViolation() {
        assertThat(violations(answer("DELETE", MACHINE_TYPES + "/virt-1.0", 412, PROBLEM_JSON, "{}")))
                .isNotEmpty();
        assertThat(violations(answer("DELETE", MACHINE_TYPES + "/virt-1.0", 412, PROBLEM_JSON, "oops")))
                .isNotEmpty();
        assertThat(violations(answer(
                        "DELETE",
                        MACHINE_TYPES + "/virt-1.0",
                        412,
                        PROBLEM_JSON,
                        STALE.replace("stale-version", "duplicate-entry"))))
                .isNotEmpty();
        assertThat(violations(
                        answer("DELETE", MACHINE_TYPES + "/virt-1.0", 412, PROBLEM_JSON, STALE.replace("412", "409"))))
                .isNotEmpty();
        assertThat(violations(answer("DELETE", MACHINE_TYPES + "/virt-1.0", 409, PROBLEM_JSON, STALE)))
                .isNotEmpty();
    }

    @Test
    void anETagThatTheContractDoesNotKnowOfIsAViolation() {
        Exchange versioned = new Exchange("GET", REVISIONS, null, new byte[0], 200, JSON, "\"1\"", REVISION);
        assertThat(violations(versioned)).isNotEmpty();
    }

    @Test
    void anAnswerWhereTheContractHasNothingIsAViolation() {
        assertThat(violations(answer("GET", "/api/v1/nothing", 200, JSON, "{}")))
                .isNotEmpty();
        assertThat(violations(answer("DELETE", REVISIONS, 204, null, ""))).isNotEmpty();
        assertThat(violations(answer("DELETE", REVISIONS, 405, "text/html", "no")))
                .isNotEmpty();
        assertThat(violations(answer("DELETE", MACHINE_TYPES + "/virt-1.0", 204, null, "done")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?nonsense=1", "?limit=many", "?limit=0", "?limit=1&limit=2", "?format=csv"})
    void aParameterThatIsTakenAndNotDocumentedIsAViolation(String query) {
        assertThat(violations(answer("GET", REVISIONS + query, 200, JSON, REVISION)))
                .isNotEmpty();
    }

    @Test
    void aParameterThatIsDemandedAndNotGivenIsAViolation() {
        String comparison = "/api/v1/revisions/compare";
        assertThat(violations(answer("GET", comparison, 200, JSON, "{}")))
                .anyMatch(violation -> violation.contains("the parameter from is required"));
    }

    @Test
    void aBodyThatIsTakenAndNotDocumentedIsAViolation() {
        assertThat(violations(create(JSON, "{\"name\": 5}"))).isNotEmpty();
        assertThat(violations(create(JSON, "{\"name\": \"virt-1.0\", \"nam\": 1}")))
                .isNotEmpty();
        assertThat(violations(create(JSON, ""))).isNotEmpty();
        assertThat(violations(create("text/plain", "{\"name\": \"virt-1.0\"}"))).isNotEmpty();
        assertThat(violations(create(null, "{\"name\": \"virt-1.0\"}"))).isNotEmpty();
    }

    @Test
    void whatWasRefusedNeedNotBeAsTheContractSays() {
        String refusal = STALE.replace("stale-version", "invalid-field").replace("412", "400");
        assertThat(violations(new Exchange(
                        "POST",
                        MACHINE_TYPES + "?nonsense=1",
                        JSON,
                        "{".getBytes(StandardCharsets.UTF_8),
                        400,
                        PROBLEM_JSON,
                        null,
                        refusal)))
                .isEmpty();
    }

    @Test
    void addressesWithoutBlanksGoFirst() {
        assertThat(violations(answer("GET", "/api/v1/revisions/1", 404, PROBLEM_JSON, "{}")))
                .allMatch(violation -> violation.startsWith("GET /api/v1/revisions/{number} "));
        assertThat(violations(answer("GET", "/api/v1/revisions/compare", 418, JSON, "{}")))
                .allMatch(violation -> violation.startsWith("GET /api/v1/revisions/compare "));
    }

    /** The tests' own client looks at whatever it is answered. */
    @Test
    void aServiceThatAnswersOtherwiseFailsTheTestThatAsksIt(@TempDir Path directory) throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(418, -1);
            exchange.close();
        });
        other.start();
        try (RunningService service = new RunningService(directory, "--migreg.seed=false")) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + other.getAddress().getPort() + REVISIONS));
            assertThatThrownBy(() -> service.send(request))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("418");
        } finally {
            other.stop(0);
        }
    }
}
