package org.migreg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService;
import org.migreg.api.RunningService.Answer;
import org.migreg.maintenance.Maintenance;
import org.migreg.storage.Database;
import tools.jackson.databind.JsonNode;

/** The starting data and some writes are backed up, restored and moved: every answer is as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupIT {

    private Path directory;
    private Path data;
    private Path backup;
    private Map<String, String> answers;

    @BeforeAll
    void backUpWhileSomebodyWrites(@TempDir Path directory) throws Exception {
        this.directory = directory;
        data = directory.resolve("data");
        backup = directory.resolve("backup.zip");
        try (RunningService service = new RunningService(data)) {
            create(service, "virt-w-1");
            assertThat(service.write("PUT", "/api/v1/hosts/host-1", "{\"capture\": \"" + firstCapture(service) + "\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(service.write("POST", "/api/v1/drafts", "{\"name\": \"draft-1\", \"edits\": []}")
                            .status())
                    .isEqualTo(201);
            answers = answers(service);
            AtomicBoolean isMade = new AtomicBoolean();
            AtomicInteger written = new AtomicInteger();
            Thread writer = Thread.ofVirtual().start(() -> {
                while (!isMade.get()) {
                    create(service, "virt-x-" + written.incrementAndGet());
                }
            });
            assertThat(run("backup", backup.toString(), service)).isZero();
            isMade.set(true);
            writer.join();
            assertThat(written.get()).isPositive();
        }
    }

    @AfterAll
    void nobodyElseMayReadIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
    }

    private int run(String command, String argument, RunningService service) {
        int port =
                Integer.parseInt(service.address().substring(service.address().lastIndexOf(':') + 1));
        return run(command, argument, "--migreg.data-dir=" + data, "--server.port=" + port);
    }

    private static int run(String... arguments) {
        return Maintenance.run(arguments, MigregApplication::databaseSettings);
    }

    private static void create(RunningService service, String name) {
        Answer answer = service.write("POST", "/api/v1/machine-types", "{\"name\": \"" + name + "\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static String firstCapture(RunningService service) {
        return service.get("/api/v1/captures").json().at("/items/0/id").asString();
    }

    /** All verdicts of each machine type of the starting data, and what else there is to read. */
    private static Map<String, String> answers(RunningService service) {
        Map<String, String> answers = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>(List.of(
                "/api/v1/hosts/host-1",
                "/api/v1/drafts/draft-1",
                "/api/v1/revisions/1/diff",
                "/api/v1/machine-types/virt-w-1"));
        for (JsonNode machineType :
                service.get("/api/v1/machine-types?limit=200").json().get("items")) {
            String name = machineType.get("name").asString();
            if (!name.startsWith("virt-x-")) {
                paths.add("/api/v1/machine-types/" + name + "/table");
                paths.add("/api/v1/matrix?machineType=" + name);
            }
        }
        for (String path : paths) {
            Answer answer = service.get(path);
            assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
            // The matrix says of which revision it is.
            answers.put(path, answer.text().replaceAll("\"(policy|capture|tables)?[rR]evision\": ?\\d+", ""));
        }
        return answers;
    }

    private static void requireWhole(RunningService service) {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode revision : service.get("/api/v1/revisions?limit=200").json()) {
            numbers.add(revision.get("number").asLong());
        }
        assertThat(numbers).isNotEmpty();
        for (int i = 1; i < numbers.size(); i++) {
            assertThat(Math.abs(numbers.get(i) - numbers.get(i - 1))).isOne();
        }
    }

    @Test
    void whatIsRestoredAnswersAsBefore() {
        Path restored = directory.resolve("restored");
        assertThat(run("restore", backup.toString(), "--migreg.data-dir=" + restored))
                .isZero();
        try (RunningService service = new RunningService(restored)) {
            assertThat(answers(service)).isEqualTo(answers);
            requireWhole(service);
            create(service, "virt-y-1");
        }
        assertThat(run("restore", backup.toString(), "--migreg.data-dir=" + restored))
                .as("nothing is overwritten")
                .isEqualTo(1);
    }

    @Test
    void whatIsMovedToPostgresqlAnswersAsBefore() {
        Path source = directory.resolve("source");
        assertThat(run("restore", backup.toString(), "--migreg.data-dir=" + source))
                .isZero();
        List<String> postgresql = Database.postgres().settings();
        String url = postgresql.get(1).substring("--spring.datasource.url=".length());
        assertThat(run("move-to-postgresql", url, "--username=postgres", "--migreg.data-dir=" + source))
                .isZero();
        try (RunningService service = new RunningService(
                directory.resolve("moved"),
                postgresql.get(1),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=")) {
            assertThat(answers(service)).isEqualTo(answers);
            requireWhole(service);
            create(service, "virt-y-1");
            assertThat(service.write("POST", "/api/v1/drafts", "{\"name\": \"draft-2\", \"edits\": []}")
                            .status())
                    .isEqualTo(201);
            assertThat(service.write("POST", "/api/v1/backups", null).problem()).isEqualTo("not-embedded");
        }
        assertThat(run("move-to-postgresql", url, "--username=postgres", "--migreg.data-dir=" + source))
                .as("what is there is not mixed with it")
                .isEqualTo(1);
    }

    @Test
    void whatIsNoBackupIsRefused() throws IOException {
        Path nothing = Files.writeString(directory.resolve("nothing.zip"), "no zip");
        Path empty = directory.resolve("empty");
        assertThat(run("restore", nothing.toString(), "--migreg.data-dir=" + empty))
                .isEqualTo(1);
        assertThat(empty.resolve("migreg.mv.db")).doesNotExist();
        assertThat(run("backup", backup.toString(), "--migreg.data-dir=" + data))
                .as("a backup is not overwritten")
                .isEqualTo(1);
        assertThat(run("backup", directory.resolve("b.zip").toString(), "--migreg.data-dir=" + empty))
                .as("there is no database")
                .isEqualTo(1);
        assertThat(run("backup")).as("no file named").isEqualTo(2);
    }
}
