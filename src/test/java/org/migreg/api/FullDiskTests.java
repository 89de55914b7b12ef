package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import org.migreg.storage.FullDisk;
import tools.jackson.databind.JsonNode;

/** The disk that H2 is on has no room left, and later has some again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTests {

    private static final String MACHINE_TYPES = "/api/v1/machine-types";

    private FullDisk disk;
    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        disk = new FullDisk(directory);
        service = new RunningService(directory, disk.setting(), "--migreg.seed=false");
    }

    @AfterAll
    void stop() {
        disk.makeRoom();
        service.close();
    }

    private Answer create(String name) {
        // Long enough for the file to grow.
        return service.write(
                "POST",
                MACHINE_TYPES,
                "{\"name\": \"" + name + "\", \"description\": \"" + (name + " ").repeat(100) + "\"}");
    }

    private Answer draft(String name) {
        return service.write("POST", "/api/v1/drafts", "{\"name\": \"" + name + "\", \"edits\": []}");
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        service.get(MACHINE_TYPES + "?limit=1000")
                .json()
                .get("items")
                .forEach(item -> names.add(item.get("name").asString()));
        return names;
    }

    private String writing() {
        return service.get("/actuator/health")
                .json()
                .get("components")
                .get("writing")
                .get("status")
                .asString();
    }

    private Answer onceItIsWritten(String name) {
        return await().atMost(Duration.ofMinutes(1)).until(() -> create(name), answer -> answer.status() == 201);
    }

    @Test
    void writesAreRefusedUntilThereIsRoomAgainAndNothingIsLost() {
        List<String> acknowledged = new ArrayList<>(List.of("before-1", "before-2"));
        acknowledged.forEach(name -> assertThat(create(name).status()).isEqualTo(201));

        disk.fill();
        List<Answer> refusals = new ArrayList<>();
        // Small writes may find room within what the file has; the first that does not closes the database.
        for (int i = 0; refusals.isEmpty(); i++) {
            assertThat(i).as("writes into the room that the file has").isLessThan(1000);
            Answer answer = create("full-" + i);
            if (answer.status() == 201) {
                acknowledged.add("full-" + i);
            } else {
                refusals.add(answer);
            }
        }
        assertThat(refusals.getFirst().status()).isEqualTo(507);
        assertThat(refusals.getFirst().problem()).isEqualTo("storage-full");
        assertThat(writing()).isEqualTo("DOWN");

        // From memory, and from the database once it is open again.
        assertThat(names()).containsAll(acknowledged);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> service.get("/api/v1/revisions").status() == 200);

        disk.makeRoom();
        onceItIsWritten("after-1");
        acknowledged.add("after-1");
        await().atMost(Duration.ofMinutes(1)).until(() -> writing().equals("UP"));
        assertThat(draft("after").status()).isEqualTo(201);

        assertThat(names()).containsAll(acknowledged);
        List<Long> revisions = new ArrayList<>();
        for (JsonNode revision : service.get("/api/v1/revisions?limit=1000").json()) {
            revisions.add(revision.get("number").asLong());
        }
        assertThat(revisions).hasSize(names().size());
        for (int i = 0; i < revisions.size(); i++) {
            assertThat(revisions.get(i)).isEqualTo(i + 1);
        }
    }

    /** H2 would go on with a file that nobody finds again. */
    @Test
    void nothingIsWrittenToAFileThatIsGone(@TempDir Path other) throws IOException {
        try (RunningService service = new RunningService(other, "--migreg.seed=false")) {
            Path file = other.resolve("migreg.mv.db");
            Files.move(file, other.resolve("elsewhere"));
            Answer refused = service.write("POST", MACHINE_TYPES, "{\"name\": \"gone-1\"}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("database-unavailable");
            assertThat(refused.json().get("detail").asString()).contains("has been moved or deleted");
            assertThat(service.get("/actuator/health/write").status()).isEqualTo(503);
            assertThat(service.get(MACHINE_TYPES).status()).isEqualTo(200);

            Files.move(other.resolve("elsewhere"), file);
            assertThat(service.write("POST", MACHINE_TYPES, "{\"name\": \"gone-1\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(service.get("/actuator/health/write").status()).isEqualTo(200);
            assertThat(service.get("/actuator/prometheus").text()).contains("migreg_writing 1.0");
        }
    }

    @Test
    void writingWorksAgainWithoutAnybodyWhoWrites() {
        create("alone-before");
        disk.fill();
        for (int i = 0; writing().equals("UP"); i++) {
            assertThat(i).as("writes into the room that the file has").isLessThan(1000);
            draft("alone-" + i);
        }

        disk.makeRoom();
        await().atMost(Duration.ofMinutes(1)).until(() -> writing().equals("UP"));
        assertThat(create("alone-after").status()).isEqualTo(201);
    }

    @Test
    void lessSpaceThanAskedForRefusesWritesBeforeTheDatabaseFails(@TempDir Path other) {
        try (RunningService tight = new RunningService(
                other, "--migreg.seed=false", "--migreg.store.least-free-space=" + Long.MAX_VALUE + "B")) {
            Answer refused = tight.write("POST", MACHINE_TYPES, "{\"name\": \"tight-1\"}");
            assertThat(refused.status()).isEqualTo(507);
            assertThat(refused.problem()).isEqualTo("storage-full");
            assertThat(refused.json().get("detail").asString()).contains(other.toString(), "nothing was written");

            assertThat(tight.get(MACHINE_TYPES).status()).isEqualTo(200);
            assertThat(tight.get("/api/v1/revisions").status()).isEqualTo(200);
            Answer health = tight.get("/actuator/health", "Authorization", "Bearer " + tight.token());
            assertThat(health.status()).isEqualTo(503);
            JsonNode components = health.json().get("components");
            assertThat(components.get("writing").get("status").asString()).isEqualTo("DOWN");
            assertThat(components.get("writing").get("details").get("obstacle").asString())
                    .contains(other.toString());
            assertThat(components.get("diskSpace").get("status").asString()).isEqualTo("DOWN");
            assertThat(tight.get("/actuator/health/write").status()).isEqualTo(503);
            assertThat(tight.get("/actuator/prometheus").text()).contains("migreg_writing 0.0");
            assertThat(tight.get("/tables", "Accept", "text/html").text())
                    .contains("Nothing can be written at the moment.")
                    .doesNotContain(other.toString());
            assertThat(tight.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(tight.get("/actuator/health/liveness").status()).isEqualTo(200);
        }
    }
}
