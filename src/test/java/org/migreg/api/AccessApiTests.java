package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.migreg.access.Permission;
import org.migreg.access.Role;
import org.migreg.api.RunningService.Answer;
import org.migreg.web.security.OperationTable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may do what, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessApiTests {

    private static final String V1 = "/api/v1";
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)[^}]*}");

    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private RunningService service;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path directory) {
        this.directory = directory;
        service = new RunningService(directory, "--migreg.seed=false", "--migreg.access.refresh-interval=200ms");
        for (Role role : Role.values()) {
            tokens.put(
                    role,
                    token(
                            "walks-as-" + role,
                            "\"role\": \"" + role + "\"" + (role.isOfMachine() ? ", \"hosts\": \"h-*\"" : "")));
        }
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private String token(String name, String definition) {
        Answer made = service.write("POST", V1 + "/accounts", "{\"name\": \"" + name + "\", " + definition + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return newToken(name);
    }

    private String newToken(String name) {
        Answer made = service.write("POST", V1 + "/accounts/" + name + "/tokens", "{}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().get("token").asString();
    }

    private Answer as(String token, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = service.request(path, headers)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return service.send(request);
    }

    // The table

    static Stream<WrittenContract.Operation> operations() {
        return WrittenContract.committed().operations().stream()
                .filter(operation -> operation.path().startsWith(V1));
    }

    /** An address of the operation; what it names is not there, or is a host of the machines'. */
    private static String address(String path) {
        return VARIABLE.matcher(path).replaceAll(match -> switch (match.group(1)) {
            case "id" -> path.contains("tokens") ? "0123456789ab" : "999999";
            case "number", "index" -> "999999";
            case "a", "b" -> "none";
            case "name" -> path.contains("/hosts/") ? "h-1" : "none";
            default -> "none";
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void eachOperationIsForThoseWhoHaveItsPermissionAndNobodyElse(WrittenContract.Operation operation) {
        Permission permission = OperationTable.of(operation.method(), operation.path());
        assertThat(operation.description().get("x-migreg-permission").asString())
                .isEqualTo(permission.toString());
        assertThat(operation.description().has("security")).isEqualTo(!permission.isOpenOnLoopback());
        String path = address(operation.path());
        // What is refused for itself must not have been done, so nothing here would be done but what is asked for.
        String body = operation.description().has("requestBody") ? "{\"nonsense\": true}" : null;
        assertThat(as("wrong", operation.method(), path, body).status()).isEqualTo(401);
        int anonymous = as(null, operation.method(), path, body).status();
        assertThat(anonymous == 401).as("anonymous: " + anonymous).isEqualTo(!permission.isOpenOnLoopback());
        for (Role role : Role.values()) {
            int status = as(tokens.get(role), operation.method(), path, body).status();
            assertThat(status == 403)
                    .as(operation.name() + " as " + role + ": " + status)
                    .isEqualTo(!permission.roles().contains(role));
            assertThat(status).isNotEqualTo(401);
        }
    }

    /** What is neither read nor listed can be done by an administrator only, which nobody would notice. */
    @Test
    void everyAddressThatDoesMoreThanReadHasALine() {
        TreeSet<String> without = new TreeSet<>();
        int looked = 0;
        for (var info : mappings().keySet()) {
            for (String pattern : info.getPatternValues()) {
                for (var method : info.getMethodsCondition().getMethods()) {
                    looked++;
                    boolean reads = method.name().equals("GET");
                    boolean isListed = OperationTable.lines().stream()
                            .anyMatch(line -> line.method().equals(method.name())
                                    && shape(line.path()).equals(shape(pattern)));
                    if (!reads && !isListed && !pattern.startsWith("/v3/") && !pattern.startsWith("/swagger-ui")) {
                        without.add(method + " " + pattern);
                    }
                }
            }
        }
        assertThat(looked).isGreaterThan(100);
        assertThat(without).isEmpty();
    }

    /** Every line is of an address that there is. */
    @Test
    void everyLineIsOfAnOperation() {
        TreeSet<String> there = new TreeSet<>();
        for (var info : mappings().keySet()) {
            for (String pattern : info.getPatternValues()) {
                info.getMethodsCondition().getMethods().forEach(method -> there.add(method + " " + shape(pattern)));
            }
        }
        assertThat(OperationTable.lines().stream().map(line -> line.method() + " " + shape(line.path())))
                .allMatch(line -> there.contains(line) || there.contains(line.replaceAll("/\\{}(?=/|$)", "/new")));
    }

    private Map<RequestMappingInfo, HandlerMethod> mappings() {
        return service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
    }

    private static String shape(String path) {
        return path.replaceAll("\\{[^/]*}", "{}").replace("/entries/new", "/entries/{}");
    }

    @Test
    void theTableIsInTheDocumentation() throws Exception {
        Path file = Path.of("docs/access.md");
        String written = Files.readString(file);
        StringBuilder permissions = new StringBuilder("""
                | permission | viewer | evaluator | editor | publisher | admin | collector | agent | operations |
                | --- | :-: | :-: | :-: | :-: | :-: | :-: | :-: | --- |
                """);
        for (Permission permission : Permission.values()) {
            permissions.append("| `").append(permission).append("`");
            for (Role role : List.of(
                    Role.VIEWER, Role.EVALUATOR, Role.EDITOR, Role.PUBLISHER, Role.ADMIN, Role.COLLECTOR, Role.AGENT)) {
                permissions.append(permission.roles().contains(role) ? " | ●" : " |  ");
            }
            List<String> of = new ArrayList<>();
            OperationTable.lines().stream()
                    .filter(line ->
                            line.permission() == permission && line.path().startsWith(V1))
                    .forEach(line ->
                            of.add("`" + line.method() + " " + line.path().substring(V1.length()) + "`"));
            permissions
                    .append(" | ")
                    .append(permission == Permission.READ ? "every other `GET`" : String.join(", ", of))
                    .append(" |\n");
        }
        int begin = written.indexOf("| permission |");
        int end = written.indexOf("\n\n", begin);
        String now = written.substring(0, begin) + permissions.toString().stripTrailing() + written.substring(end);
        if (Boolean.getBoolean("migreg.contract.write")) {
            Files.writeString(file, now);
        }
        assertThat(written)
                .as("docs/access.md; -Dmigreg.contract.write=true renews it")
                .isEqualTo(now);
    }

    // Loopback

    @Test
    void whatIsNotCertainlyOfSomebodyOnThisHostNeedsACredential() {
        for (String[] header : new String[][] {
            {"Origin", "http://evil.example"},
            {"Origin", "null"},
            {"Origin", "http://localhost.evil.example"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"X-Forwarded-For", "127.0.0.1"},
            {"X-Forwarded-Host", "localhost"},
            {"Forwarded", "for=127.0.0.1"},
            {"X-Real-IP", "127.0.0.1"},
            {"Via", "1.1 proxy"},
            {"Cookie", "migreg-session=AAAA"}
        }) {
            boolean isCookie = header[0].equals("Cookie");
            for (String path : List.of("/api/v1/machine-types", "/actuator/prometheus", "/v3/api-docs")) {
                assertThat(service.get(path, header).status())
                        .as(header[0] + " " + path)
                        .isEqualTo(isCookie ? 200 : 401);
            }
            Answer asked = service.ask(V1 + "/evaluations", "{}", header);
            assertThat(asked.status()).as(header[0]).isEqualTo(isCookie ? 400 : 401);
            assertThat(as(tokens.get(Role.VIEWER), "GET", V1 + "/machine-types", null, header)
                            .status())
                    .as(header[0])
                    .isEqualTo(200);
        }
        assertThat(service.get(V1 + "/machine-types", "Origin", service.address())
                        .status())
                .isEqualTo(200);
        // A link on another page is followed by a person.
        assertThat(service.get(
                                "/tables",
                                "Sec-Fetch-Site",
                                "cross-site",
                                "Sec-Fetch-Mode",
                                "navigate",
                                "Sec-Fetch-Dest",
                                "document")
                        .status())
                .isEqualTo(200);
    }

    /** Nobody who comes from another address is let in by what he says of himself, or by how he writes an address. */
    @Test
    void whoComesFromAnotherAddressNeedsACredentialWhateverHeSays(@TempDir Path data) throws Exception {
        InetAddress elsewhere = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(elsewhere != null, "this machine has no address but that of loopback");
        List<String> claims = List.of(
                "",
                "Host: localhost\r\n",
                "Host: 127.0.0.1\r\nX-Forwarded-For: 127.0.0.1\r\n",
                "Host: localhost\r\nX-Forwarded-For: ::1\r\nForwarded: for=127.0.0.1\r\nX-Real-IP: 127.0.0.1\r\n",
                "Host: localhost\r\nOrigin: http://localhost\r\n",
                "Host: localhost\r\nCookie: migreg-session=MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw\r\n",
                "Host: localhost\r\nX-Migreg-Author: admin\r\nAuthorization: Bearer \r\n",
                "Host: localhost\r\nX-Original-URL: /actuator/health\r\nX-HTTP-Method-Override: GET\r\n");
        int asked = 0;
        int letIn = 0;
        try (RunningService open = new RunningService(data, "--migreg.seed=false", "--server.address=0.0.0.0")) {
            int port = URI.create(open.address()).getPort();
            List<String> lines = new ArrayList<>();
            operations().forEach(operation -> lines.add(operation.method() + " " + address(operation.path())));
            for (String path : List.of(
                    "/",
                    "/matrix",
                    "/tables",
                    "/accounts",
                    "/samples",
                    "/hosts",
                    "/actuator/prometheus",
                    "/v3/api-docs",
                    "/swagger-ui/index.html")) {
                lines.add("GET " + path);
            }
            for (String path : List.of(
                    "/actuator/health/../prometheus",
                    "/actuator/health/%2e%2e/prometheus",
                    "/actuator/health;/../../api/v1/hosts",
                    "/style/..;/api/v1/hosts",
                    "/style/../api/v1/hosts",
                    "//api/v1/hosts",
                    "/api//v1/hosts",
                    "/api/v1/hosts;x=/style/",
                    "/api/v1/hosts/%2e",
                    "/API/v1/hosts",
                    "/login/../api/v1/hosts",
                    "/webjars/%2e%2e/api/v1/hosts",
                    "/error/../api/v1/hosts",
                    "/./api/v1/hosts",
                    "http://localhost/api/v1/hosts")) {
                lines.add("GET " + path);
            }
            for (String line : lines) {
                for (String claim : claims) {
                    asked++;
                    String host = claim.contains("Host:") ? claim : "Host: migreg.example\r\n" + claim;
                    int status = status(
                            elsewhere,
                            port,
                            line + " HTTP/1.1\r\n" + host + "Content-Length: 0\r\nConnection: close\r\n\r\n");
                    // Pages send those who are not known to the form that asks who they are.
                    if (status != 401 && status != 403 && status != 400 && status != 302) {
                        letIn++;
                        assertThat(line + " " + claim + " -> " + status).isEmpty();
                    }
                }
            }
        }
        System.out.println("AccessApiTests: " + asked + " requests from another address, " + letIn + " let in");
        assertThat(asked).isGreaterThan(500);
        assertThat(letIn).isZero();
    }

    private static int status(InetAddress address, int port, String request) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.substring(9));
        }
    }

    // Tokens

    @Test
    void aTokenIsMadeUsedRotatedAndRevoked() {
        String first = token("rotates", "\"role\": \"viewer\", \"description\": \"a test\"");
        Answer me = as(first, "GET", V1 + "/caller", null);
        assertThat(me.json().get("name").asString()).isEqualTo("rotates");
        assertThat(me.json().get("roles").get(0).asString()).isEqualTo("viewer");
        String second = newToken("rotates");
        Answer third = service.write("POST", V1 + "/accounts/rotates/tokens", "{}");
        assertThat(third.problem()).isEqualTo("tokens-in-use");
        assertThat(service.write("DELETE", V1 + "/accounts/rotates/tokens/" + first.substring(4, 16), null)
                        .status())
                .isEqualTo(204);
        Answer refused = as(first, "GET", V1 + "/caller", null);
        assertThat(refused.problem()).isEqualTo("unauthenticated");
        assertThat(refused.json().get("detail").asString()).contains("revoked");
        assertThat(as(second, "GET", V1 + "/caller", null).status()).isEqualTo(200);
        assertThat(as(newToken("rotates"), "GET", V1 + "/caller", null).status())
                .isEqualTo(200);
        String mistyped = second.substring(0, 30) + (second.charAt(30) == 'a' ? 'b' : 'a') + second.substring(31);
        assertThat(as(mistyped, "GET", V1 + "/caller", null)
                        .json()
                        .get("detail")
                        .asString())
                .contains("mistyped");
        assertThat(service.write("DELETE", V1 + "/accounts/rotates", null, "If-Match", "*")
                        .status())
                .isEqualTo(204);
        assertThat(as(second, "GET", V1 + "/caller", null).status()).isEqualTo(401);
    }

    @Test
    void aTokenExpires() {
        String token = token("expires", "\"role\": \"viewer\"");
        JdbcTemplate jdbc = service.bean(JdbcTemplate.class);
        jdbc.update("update api_token set expires_at = created_at where account = 'expires'");
        jdbc.update("update access_state set version = version + 1");
        await().untilAsserted(() ->
                assertThat(as(token, "GET", V1 + "/caller", null).status()).isEqualTo(401));
        assertThat(as(token, "GET", V1 + "/caller", null).json().get("detail").asString())
                .contains("expired");
        assertThat(newToken("expires")).isNotEmpty();
        for (String days : List.of("0", "367", "-1", "1000000000")) {
            assertThat(service.write("POST", V1 + "/accounts/expires/tokens", "{\"expiresInDays\": " + days + "}")
                            .problem())
                    .isEqualTo("invalid-field");
        }
    }

    @Test
    void aTokensSecretIsInNoDatabaseAndItsLastUseIs() {
        String token = token("secret", "\"role\": \"viewer\"");
        assertThat(as(token, "GET", V1 + "/caller", null).status()).isEqualTo(200);
        JdbcTemplate jdbc = service.bean(JdbcTemplate.class);
        String all = String.join("\n", jdbc.queryForList("script", String.class));
        assertThat(all).contains(token.substring(4, 16)).doesNotContain(token.substring(17, 57));
        assertThat(service.write("GET", V1 + "/accounts/secret", null).text()).doesNotContain(token.substring(17, 57));
    }

    @Test
    void anAccountIsChangedAndItsTokensFollow() {
        String token = token("grows", "\"role\": \"viewer\"");
        String machineType = "{\"name\": \"virt-grown\"}";
        assertThat(as(token, "POST", V1 + "/machine-types", machineType).problem())
                .isEqualTo("forbidden");
        Answer read = service.write("GET", V1 + "/accounts/grows", null);
        Answer stale = service.write("PUT", V1 + "/accounts/grows", "{\"role\": \"publisher\"}", "If-Match", "\"1\"");
        assertThat(stale.problem()).isEqualTo("stale-version");
        assertThat(service.write(
                                "PUT",
                                V1 + "/accounts/grows",
                                "{\"role\": \"publisher\"}",
                                "If-Match",
                                read.header("ETag"))
                        .status())
                .isEqualTo(200);
        assertThat(as(token, "POST", V1 + "/machine-types", machineType).status())
                .isEqualTo(201);
        Answer bad = service.write("POST", V1 + "/accounts", "{\"name\": \"c\", \"role\": \"collector\"}");
        assertThat(bad.problem()).isEqualTo("invalid-field");
        assertThat(bad.json().get("field").asString()).isEqualTo("hosts");
        Answer misnamed = service.write("POST", V1 + "/accounts", "{\"name\": \"a b\", \"role\": \"viewer\"}");
        assertThat(misnamed.problem()).isEqualTo("invalid-field");
        assertThat(misnamed.json().get("field").asString()).isEqualTo("name");
        assertThat(misnamed.json().get("rejectedValue").asString()).isEqualTo("a b");
        assertThat(service.write("POST", V1 + "/accounts", "{\"name\": \"grows\", \"role\": \"viewer\"}")
                        .problem())
                .isEqualTo("account-exists");
    }

    // What revisions say

    private String newestAuthor() {
        var revisions = service.get(V1 + "/revisions?limit=1000").json();
        return revisions.get(revisions.size() - 1).get("author").asString();
    }

    @Test
    void onlyWhoMaySpeakForOthersIsBelieved() {
        String own = token("own-name", "\"role\": \"publisher\"");
        String others = token("speaks", "\"role\": \"publisher\", \"speaksForOthers\": true");
        as(own, "POST", V1 + "/machine-types", "{\"name\": \"virt-own\"}", "X-Migreg-Author", "Ada");
        assertThat(newestAuthor()).isEqualTo("own-name");
        as(others, "POST", V1 + "/machine-types", "{\"name\": \"virt-others\"}", "X-Migreg-Author", "Ada");
        assertThat(newestAuthor()).isEqualTo("Ada");
        service.write("POST", V1 + "/machine-types", "{\"name\": \"virt-admins\"}", "X-Migreg-Author", "Eve");
        assertThat(newestAuthor()).isEqualTo("Eve");
    }

    @Test
    void anAccountWritesOnlyItsMachineTypesByWhateverWay() {
        String token = token("rhel", "\"role\": \"publisher\", \"machineTypes\": \"virt-rhel*\"");
        assertThat(as(token, "POST", V1 + "/machine-types", "{\"name\": \"virt-rhel9\"}")
                        .status())
                .isEqualTo(201);
        service.write("POST", V1 + "/machine-types", "{\"name\": \"virt-debian\"}");
        var revisions = service.get(V1 + "/revisions?limit=1000").json();
        long ofDebian = revisions.get(revisions.size() - 1).get("number").asLong();
        String entry = "{\"property\": \"x-mig-hidden-regs\", \"register\": \"TCR2_EL1\", \"rationale\": \"r\","
                + " \"kernels\": {\"stream\": \"upstream\", \"range\": \"*\"}}";
        String expectation = "{\"machineType\": \"%s\", \"sourceKernels\": {\"stream\": \"el9\", \"range\": \"*\"},"
                + " \"destinationKernels\": {\"stream\": \"el10\", \"range\": \"*\"}}";
        String edits =
                "\"edits\": [{\"op\": \"putMachineType\", \"machineType\": \"%s\", \"definition\": {\"description\": \"x\"}}]";
        String file = "{\"formatVersion\": 1, \"machineTypes\": [{\"name\": \"%s\", \"architecture\": \"aarch64\","
                + " \"description\": \"y\", \"entries\": []}]}";
        for (Answer refused : List.of(
                as(token, "POST", V1 + "/machine-types", "{\"name\": \"virt-new\"}"),
                as(token, "PUT", V1 + "/machine-types/virt-debian", "{\"description\": \"z\"}", "If-Match", "*"),
                as(token, "DELETE", V1 + "/machine-types/virt-debian", null, "If-Match", "*"),
                as(token, "POST", V1 + "/machine-types/virt-debian/entries", entry),
                as(token, "POST", V1 + "/tables/apply", file.formatted("virt-debian")),
                as(token, "POST", V1 + "/drafts", "{\"name\": \"d\", " + edits.formatted("virt-debian") + "}"),
                as(token, "POST", V1 + "/revisions/" + ofDebian + "/revert", null),
                as(token, "POST", V1 + "/expectations", expectation.formatted("virt-debian")))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.json().get("field").asString()).isEqualTo("machineType");
        }
        assertThat(as(token, "POST", V1 + "/machine-types/virt-rhel9/entries", entry)
                        .status())
                .isEqualTo(201);
        assertThat(as(token, "POST", V1 + "/tables/apply", file.formatted("virt-rhel8"))
                        .status())
                .isEqualTo(200);
        assertThat(as(token, "POST", V1 + "/drafts", "{\"name\": \"d\", " + edits.formatted("virt-rhel7") + "}")
                        .status())
                .isEqualTo(201);
        assertThat(as(token, "POST", V1 + "/expectations", expectation.formatted("virt-rhel9"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aCollectorRecordsItsOwnHostOnly() {
        String token = token("collects", "\"role\": \"collector\", \"hosts\": \"compute-1.example.org\"");
        Answer stored = as(
                token,
                "POST",
                V1 + "/captures?kernel=6.12.1&cpuModel=neoverse-v1",
                "{\"registers\": [\"0x603000000013c103\"]}");
        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
        String capture = "{\"capture\": \"" + stored.json().get("id").asString() + "\", \"names\": [\"uuid-1\"]}";
        assertThat(as(token, "PUT", V1 + "/hosts/compute-1.example.org", capture)
                        .status())
                .isEqualTo(201);
        assertThat(as(token, "PUT", V1 + "/hosts/compute-2.example.org", capture)
                        .problem())
                .isEqualTo("forbidden");
        // By another of its names it is still that host.
        assertThat(as(token, "GET", V1 + "/hosts/compute-1.example.org", null).problem())
                .isEqualTo("forbidden");
        assertThat(as(token, "DELETE", V1 + "/hosts/compute-1.example.org", null, "If-Match", "*")
                        .problem())
                .isEqualTo("forbidden");
    }

    // The first administrator's token

    @Test
    void theAdministratorsTokenIsRotatedByItsFile() throws Exception {
        String before = service.token();
        Path file = directory.resolve("admin-token");
        String other = "another-token-of-thirty-two-chars";
        try {
            Files.writeString(file, other + "\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    as(other, "GET", V1 + "/caller", null).status())
                            .isEqualTo(200));
            assertThat(as(before, "GET", V1 + "/caller", null).status()).isEqualTo(401);
        } finally {
            Files.writeString(file, before + "\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    as(before, "GET", V1 + "/caller", null).status())
                            .isEqualTo(200));
        }
    }

    // How much

    @Test
    void oneCallerAsksOnlySoMuch(@TempDir Path data) {
        try (RunningService small = new RunningService(
                data,
                "--migreg.seed=false",
                "--migreg.access.requests-per-second=5",
                "--migreg.access.wrong-credentials-per-minute=3")) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Answer answer = small.write("GET", V1 + "/caller", null);
                statuses.add(answer.status());
                if (answer.status() == 429) {
                    assertThat(answer.problem()).isEqualTo("too-many-requests");
                    assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
                }
            }
            assertThat(statuses).contains(200, 429);
            // Who shows nothing on this host is not bounded.
            for (int i = 0; i < 60; i++) {
                assertThat(small.get(V1 + "/machine-types").status()).isEqualTo(200);
            }
            List<Integer> wrong = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                wrong.add(small.get(V1 + "/machine-types", "Authorization", "Bearer wrong-" + i)
                        .status());
            }
            assertThat(wrong).startsWith(401).contains(429);
            await().untilAsserted(() -> assertThat(
                            small.write("GET", V1 + "/caller", null).status())
                    .isEqualTo(200));
        }
    }
}
