package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.contract.problem.ProblemType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code openapi/openapi.yaml} is the contract: it and the running service must not differ. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTests {

    private static final Path CONTRACT = Path.of("openapi/openapi.yaml");

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory, "--migreg.seed=false");
    }

    @AfterAll
    void stop() {
        service.close();
    }

    /** To renew it: run this test with {@code -Dmigreg.contract.write=true}, and read the diff. */
    @Test
    void theCommittedContractIsWhatTheServiceSays() throws IOException {
        String served = service.get("/v3/api-docs.yaml").text();
        if (Boolean.getBoolean("migreg.contract.write")) {
            Files.writeString(CONTRACT, served);
        }
        assertThat(Files.readString(CONTRACT))
                .as("openapi/openapi.yaml differs from the service: renew it and read the diff")
                .isEqualTo(served);
    }

    @Test
    void everyOperationHasASummaryAnIdAndItsErrors() {
        JsonNode contract =
                JsonMapper.shared().readTree(service.get("/v3/api-docs").text());
        List<String> wanting = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int operations = 0;
        for (var path : contract.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                operations++;
                String name = operation.getKey() + " " + path.getKey();
                if (operation.getValue().get("summary") == null) {
                    wanting.add(name + " has no summary");
                }
                JsonNode id = operation.getValue().get("operationId");
                if (id == null || id.asString().isBlank()) {
                    wanting.add(name + " has no operationId");
                } else if (!ids.add(id.asString())) {
                    wanting.add(name + " has the operationId of another operation, " + id.asString());
                }
                boolean hasErrors = operation.getValue().get("responses").properties().stream()
                        .anyMatch(response -> response.getKey().startsWith("4"));
                if (!hasErrors) {
                    wanting.add(name + " names no error");
                }
            }
        }
        assertThat(operations).isGreaterThanOrEqualTo(20);
        assertThat(wanting).isEmpty();
    }

    /** What an operation can answer follows from what it takes and gives; its own problems it names itself. */
    @Test
    void everyOperationNamesTheStatusesOfItsKind() {
        List<String> wanting = new ArrayList<>();
        for (WrittenContract.Operation operation : WrittenContract.committed().operations()) {
            JsonNode description = operation.description();
            Set<String> statuses = new TreeSet<>(Set.of("400", "500"));
            if (operation.path().startsWith("/api/")) {
                statuses.add("401");
            }
            if (description.has("security")) {
                statuses.add("403");
            }
            if (operation.method().equals("POST") || operation.method().equals("PUT")) {
                statuses.add("413");
            }
            if (description.has("requestBody")) {
                statuses.add("415");
            }
            boolean hasContent = !operation.responses().has("204");
            boolean choosesItself = operation.name().equals("GET /api/v1/captures/{id}/export");
            if (hasContent && !choosesItself) {
                statuses.add("406");
            }
            for (JsonNode header : operation.parameters("header")) {
                switch (header.get("name").asString()) {
                    case "If-Match" -> statuses.add("412");
                    case "X-Migreg-Override" -> statuses.add("409");
                    default -> {}
                }
            }
            statuses.removeAll(operation.responses().propertyNames());
            if (!statuses.isEmpty()) {
                wanting.add(operation + " does not name " + statuses);
            }
        }
        assertThat(wanting).isEmpty();
    }

    @Test
    void everyProblemThatTheContractNamesIsInTheCatalogueAndHasItsStatus() {
        Map<String, String> statuses = Arrays.stream(ProblemType.values())
                .collect(Collectors.toMap(ProblemType::slug, type -> String.valueOf(type.status())));
        for (WrittenContract.Operation operation : WrittenContract.committed().operations()) {
            for (var response : operation.responses().properties()) {
                Matcher named = Pattern.compile("/problems/([a-z-]+)")
                        .matcher(response.getValue().get("description").asString());
                boolean isProblem =
                        response.getKey().startsWith("4") || response.getKey().startsWith("5");
                assertThat(named.find()).as(operation + " " + response.getKey()).isEqualTo(isProblem);
                named.reset();
                while (named.find()) {
                    assertThat(statuses.get(named.group(1)))
                            .as(operation + " " + named.group())
                            .isEqualTo(response.getKey());
                }
            }
        }
    }

    @Test
    void thePageThatExplainsTheApiIsThere() {
        assertThat(service.get("/swagger-ui/index.html").status()).isEqualTo(200);
    }
}
