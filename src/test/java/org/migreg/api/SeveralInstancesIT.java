package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import org.migreg.storage.Database;

/** Three instances on one PostgreSQL: what is written through one is read through any by whoever names the revision. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralInstancesIT {

    private static final int ROUNDS = 300;

    private String url = "";
    private final List<RunningService> instances = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path directory) {
        List<String> database = Database.postgres().settings().subList(1, 4);
        url = database.getFirst().replaceFirst("^--spring.datasource.url=", "");
        for (int instance = 0; instance < 3; instance++) {
            List<String> settings = new ArrayList<>(database);
            settings.add("--migreg.seed=false");
            // None looks by itself, and the server lets a look hang for as long as it likes.
            settings.add("--migreg.store.refresh-interval=1h");
            settings.add("--spring.datasource.hikari.connection-init-sql=set lock_timeout = 0");
            instances.add(new RunningService(directory.resolve("data" + instance), settings.toArray(String[]::new)));
        }
    }

    @AfterAll
    void stop() {
        instances.forEach(RunningService::close);
    }

    private static String revision(Answer answer) {
        String revision = answer.header("X-Migreg-Revision");
        assertThat(revision).as(answer.text()).isNotNull();
        return revision;
    }

    @Test
    void whatWasWrittenThroughOneIsReadThroughAny() {
        long seed = Long.getLong("migreg.property.seed", System.nanoTime());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int stale = 0;
        String latest = "0";
        for (int round = 0; round < ROUNDS; round++) {
            RunningService writer = instances.get(random.nextInt(3));
            RunningService reader = instances.get(random.nextInt(3));
            String path = "/api/v1/machine-types/" + "virt-9." + round;
            Answer written = writer.write("POST", "/api/v1/machine-types", "{\"name\": \"virt-9." + round + "\"}");
            assertThat(written.status()).as(written.text()).isEqualTo(201);
            assertThat(Long.parseLong(revision(written))).isGreaterThan(Long.parseLong(latest));
            latest = revision(written);
            Answer read = reader.get(path, "X-Migreg-Min-Revision", latest);
            if (read.status() != 200 || Long.parseLong(revision(read)) < Long.parseLong(latest)) {
                stale++;
            }
        }
        System.out.println("SeveralInstancesIT: " + ROUNDS + " writes read through any of three instances, " + stale
                + " stale, migreg.property.seed=" + seed);
        assertThat(stale).isZero();
    }

    @Test
    void anInstanceHearsOfAWriteWithoutBeingAsked() {
        Answer written = instances.get(0).write("POST", "/api/v1/machine-types", "{\"name\": \"virt-8.0\"}");
        assertThat(written.status()).isEqualTo(201);
        await().untilAsserted(() -> assertThat(
                        instances.get(1).get("/api/v1/machine-types/virt-8.0").status())
                .isEqualTo(200));
    }

    @Test
    void aRevisionThatNobodyHasMadeIsNotWaitedForForEver() {
        Answer answer = instances.get(0).get("/api/v1/machine-types", "X-Migreg-Min-Revision", "1000000000");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("revision-not-shown");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.json().get("detail").asString()).startsWith("revision 1000000000 is not there yet");
    }

    /** The lock stays until the answers are there. */
    @Test
    void aLookThatHangsKeepsNobodyWaiting() throws SQLException {
        String latest = revision(instances.get(0).get("/api/v1/machine-types"));
        String next = Long.toString(Long.parseLong(latest) + 1);
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table registry_head in access exclusive mode");
            for (int request = 0; request < 3; request++) {
                Answer answer = instances
                        .get(1)
                        .send(instances
                                .get(1)
                                .request("/api/v1/machine-types", "X-Migreg-Min-Revision", next)
                                .timeout(Duration.ofSeconds(30))
                                .GET());
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.problem()).isEqualTo("revision-not-shown");
                assertThat(answer.header("Retry-After")).isNotNull();
            }
            assertThat(instances.get(1).get("/api/v1/machine-types").status()).isEqualTo(200);
            connection.rollback();
        }
        assertThat(instances
                        .get(1)
                        .get("/api/v1/machine-types", "X-Migreg-Min-Revision", latest)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoRevisionIsRefused() {
        for (String none : List.of("newest", "-1", "1.5", "99999999999999999999")) {
            Answer answer = instances
                    .get(0)
                    .send(instances
                            .get(0)
                            .request("/api/v1/machine-types", "X-Migreg-Min-Revision", none)
                            .GET());
            assertThat(answer.status()).as(none).isEqualTo(400);
            assertThat(answer.json().get("field").asString()).isEqualTo("X-Migreg-Min-Revision");
        }
    }

    @Test
    void aRefusedWriteMakesNoRevision() {
        String before = revision(instances.get(0).get("/api/v1/machine-types"));
        Answer again = instances.get(0).write("POST", "/api/v1/machine-types?dryRun=true", "{\"name\": \"virt-7.0\"}");
        assertThat(again.status()).isEqualTo(400);
        assertThat(revision(instances.get(0).get("/api/v1/machine-types"))).isEqualTo(before);
    }
}
