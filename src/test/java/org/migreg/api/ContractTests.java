package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void thePageThatExplainsTheApiIsThere() {
        assertThat(service.get("/swagger-ui/index.html").status()).isEqualTo(200);
    }
}
