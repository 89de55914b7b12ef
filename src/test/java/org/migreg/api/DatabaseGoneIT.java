package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;

/** The PostgreSQL is stopped or hangs, and is there again later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseGoneIT {

    /** Nobody waits for the timeouts that drivers and pools have by default. */
    private static final Duration NOT_FOR_EVER = Duration.ofSeconds(15);

    private Path directory;
    private int port;
    private EmbeddedPostgres server;
    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = startServer();
        service = new RunningService(
                directory.resolve("data"),
                "--migreg.seed=false",
                "--spring.datasource.url=" + server.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=");
        assertThat(create("before").status()).isEqualTo(201);
        assertThat(service.write("POST", "/api/v1/drafts", "{\"name\": \"draft-1\", \"edits\": []}")
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    void stop() throws IOException {
        service.close();
        server.close();
    }

    private EmbeddedPostgres startServer() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    /** First the process that makes the others, so that none is missed. */
    private void signalServer(String name) throws IOException, InterruptedException {
        long postmaster = Long.parseLong(
                Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst());
        signal(name, List.of(postmaster));
        signal(
                name,
                ProcessHandle.of(postmaster)
                        .orElseThrow()
                        .children()
                        .map(ProcessHandle::pid)
                        .toList());
    }

    private static void signal(String name, List<Long> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process)));
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        // A session whose client has gone may end between being listed and being signalled.
        assertThat(code == 0
                        || processes.stream()
                                .anyMatch(process -> ProcessHandle.of(process).isEmpty()))
                .isTrue();
    }

    private Answer create(String name) {
        return write("POST", "/api/v1/machine-types", "{\"name\": \"" + name + "\"}");
    }

    private Answer write(String method, String path, String body, String... headers) {
        return service.send(service.request(path, headers)
                .header("Authorization", "Bearer " + service.token())
                .timeout(NOT_FOR_EVER)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer get(String path, String... headers) {
        return service.send(service.request(path, headers).timeout(NOT_FOR_EVER).GET());
    }

    private void requireRefusals() {
        Stream.of(
                        create("meanwhile"),
                        write("POST", "/api/v1/drafts", "{\"name\": \"draft-2\", \"edits\": []}"),
                        write("DELETE", "/api/v1/drafts/draft-1", "", "If-Match", "*"),
                        get("/api/v1/drafts"),
                        get("/api/v1/drafts/draft-1"),
                        get("/api/v1/revisions"),
                        get("/api/v1/revisions/1"),
                        get("/api/v1/machine-types?revision=0"))
                .forEach(refused -> {
                    assertThat(refused.status()).as(refused.text()).isEqualTo(503);
                    assertThat(refused.problem()).isEqualTo("database-unavailable");
                    assertThat(refused.header("Retry-After")).isEqualTo("5");
                });
        Answer page = get("/drafts", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("Retry-After")).isEqualTo("5");
        assertThat(page.text()).contains("The database cannot be used at the moment");

        Stream.of(
                        "/api/v1/machine-types",
                        "/api/v1/machine-types/before",
                        "/api/v1/captures",
                        "/api/v1/hosts",
                        "/api/v1/lint",
                        "/matrix",
                        "/tables",
                        "/tables/before",
                        "/actuator/health/liveness",
                        "/actuator/health/readiness")
                .forEach(path -> assertThat(get(path).status()).as(path).isEqualTo(200));
        Answer health = get("/actuator/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.json().get("components").get("db").get("status").asString())
                .isEqualTo("DOWN");
        assertThat(health.json().get("components").get("writing").get("status").asString())
                .isEqualTo("DOWN");
    }

    private void awaitThatAllWorksAgain(String name) {
        await().atMost(Duration.ofMinutes(1)).until(() -> create(name).status() == 201);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get("/actuator/health").status() == 200);
        assertThat(get("/api/v1/drafts/draft-1").status()).isEqualTo(200);
        assertThat(get("/api/v1/machine-types/meanwhile").status()).isEqualTo(404);
    }

    @Test
    void whatNeedsAStoppedDatabaseIsRefusedAndTheRestGoesOn() throws IOException {
        server.close();
        try {
            requireRefusals();
        } finally {
            server = startServer();
        }
        awaitThatAllWorksAgain("after-stop");
    }

    @Test
    void whatNeedsADatabaseThatHangsIsRefusedAndTheRestGoesOn() throws Exception {
        signalServer("STOP");
        try {
            requireRefusals();
        } finally {
            signalServer("CONT");
        }
        awaitThatAllWorksAgain("after-hang");
    }

    /** As after a failover to a standby; nobody writes meanwhile. */
    @Test
    void thatNothingCanBeWrittenIsKnownBeforeAnybodyTries() throws Exception {
        assertThat(get("/actuator/health/write").status()).isEqualTo(200);
        setReadOnly(true);
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> get("/actuator/health/write").status() == 503);
            assertThat(get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(get("/tables", "Accept", "text/html").text()).contains("Nothing can be written at the moment");
        } finally {
            setReadOnly(false);
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get("/actuator/health/write").status() == 200);
    }

    private void setReadOnly(boolean isReadOnly) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter system set default_transaction_read_only = " + isReadOnly);
            statement.execute("select pg_reload_conf()");
        }
    }
}
