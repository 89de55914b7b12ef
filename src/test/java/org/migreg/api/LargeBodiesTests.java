package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.api.RunningService.Answer;

/** Bodies that are large, many, or many times their size once they are parsed, where there is little memory for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LargeBodiesTests {

    private static final String V1 = "/api/v1";
    private static final String CAPTURE = "{\"kernelRelease\": \"6.12.107+deb13-arm64\", \"cpuModel\": \"neoverse-v1\","
            + " \"registers\": [[\"0x603000000013c103\", \"0x0\"]]}";

    private RunningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = new RunningService(directory, "--migreg.seed=false", "--migreg.clients.memory=16MB");
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private static String repeated(String beginning, String part, int bytes, String end) {
        return beginning + part.repeat(bytes / part.length()) + end;
    }

    private Answer post(String path, String type, byte[] body) {
        return service.send(service.request(V1 + path, "Content-Type", type)
                .header("Authorization", "Bearer " + service.token())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    @Test
    void aBodyThatTakesMoreMemoryThanThereIsIsTooLarge() {
        String edits = repeated("{\"edits\": [", "{},", 3 << 20, "{}]}");
        Answer answer = service.ask(V1 + "/impact", edits);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("body-too-large");
        assertThat(answer.json().get("detail").asString()).contains("migreg.clients.memory");
        Answer inArrays = service.ask(V1 + "/impact", repeated("{\"table\": [", "[[[]]],", 1 << 20, "[]]}"));
        assertThat(inArrays.problem()).isEqualTo("body-too-large");
    }

    @Test
    void aFileThatTakesMoreMemoryThanThereIsIsTooLarge() {
        String captures = repeated("[", CAPTURE + ",", 4 << 20, CAPTURE + "]");
        Answer answer = post("/captures", "application/json", captures.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.problem()).isEqualTo("body-too-large");
        assertThat(post("/captures?dryRun=true", "application/json", CAPTURE.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void textsOfTablesCountForWhatTheyBecome() {
        String source = repeated("GlobalProperty x[] = { ", "a+", 1 << 20, "a };");
        assertThat(post("/tables/import?dryRun=true", "text/plain", source.getBytes(StandardCharsets.UTF_8))
                        .problem())
                .isEqualTo("body-too-large");
        String table = repeated("formatVersion: 1\nmachineTypes:\n", "  - [a, [], []]\n", 1 << 19, "");
        assertThat(post("/tables/apply?dryRun=true", "application/yaml", table.getBytes(StandardCharsets.UTF_8))
                        .problem())
                .isEqualTo("body-too-large");
    }

    /** Every element's place would have the name in it. */
    @Test
    void aLongNameOverManyElementsTakesNoMoreThanItself() {
        String table = "{\"" + "n".repeat(49_000) + "\": [" + "0,".repeat(20_000) + "0]}";
        Answer answer = post("/tables/apply?dryRun=true", "application/json", table.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.problem()).isEqualTo("invalid-field");
    }

    @Test
    void aLineOfYamlHasAnEnd() {
        String table = "formatVersion: 1\nmachineTypes: " + "x".repeat(100_000);
        Answer answer = post("/tables/apply?dryRun=true", "application/yaml", table.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.problem()).isEqualTo("malformed-request");
        assertThat(answer.json().get("line").asInt()).isEqualTo(2);
        assertThat(answer.json().get("detail").asString()).contains("65,536 characters");
    }

    @Test
    void whatIsSmallByNatureHasASmallLimit() {
        assertThat(service.ask(V1 + "/evaluations", " ".repeat(3 << 20)).problem())
                .isEqualTo("body-too-large");
        assertThat(service.ask(V1 + "/advice", " ".repeat(3 << 20)).problem()).isEqualTo("body-too-large");
        assertThat(post("/tables/import", "text/plain", new byte[5 << 20]).problem())
                .isEqualTo("body-too-large");
    }

    @Test
    void ofManyAtOnceSomeAreAnsweredAndNoneFails() throws Exception {
        String log = repeated("load of migration failed\n", "nothing to see here\n", 1 << 20, "");
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                answers.add(
                        clients.submit(() -> post("/diagnoses", "text/plain", log.getBytes(StandardCharsets.UTF_8))));
            }
        }
        int answered = 0;
        for (Future<Answer> each : answers) {
            Answer answer = each.get();
            assertThat(answer.status()).isIn(200, 503);
            if (answer.status() == 503) {
                assertThat(answer.problem()).isEqualTo("busy");
                assertThat(answer.header("Retry-After")).isNotNull();
            } else {
                answered++;
            }
        }
        assertThat(answered).isPositive();
        // All of the memory is there again.
        assertThat(post("/diagnoses", "text/plain", log.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    /** A migration stream can have many GiB; here a hole before a capture stands for it. */
    @Test
    void aLargeStreamNeedsNoMemory() {
        HttpRequest.BodyPublisher stream = HttpRequest.BodyPublishers.ofInputStream(() -> new SequenceInputStream(
                new Zeros(300L << 20), new ByteArrayInputStream(CAPTURE.getBytes(StandardCharsets.UTF_8))));
        Answer answer =
                service.send(service.request(V1 + "/captures?dryRun=true", "Content-Type", "application/octet-stream")
                        .header("Authorization", "Bearer " + service.token())
                        .POST(stream));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("items")).hasSize(1);
    }

    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            java.util.Arrays.fill(into, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }
    }

    private Answer parts(String path, String type, String body) {
        return service.send(service.request(path, "Content-Type", type)
                .header("Authorization", "Bearer " + service.token())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static final String PART = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/captures",
                "/api/v1/saved-guests/evaluations?kernel=6.12",
                "/api/v1/tables/import",
                "/captures/look"
            })
    void partsThatAreCutOffAreMalformed(String path) {
        String type = "multipart/form-data; boundary=b";
        for (String cutOff : List.of(
                "--", "--b", "--b\r\n", PART.substring(0, 40), PART, PART + CAPTURE, PART + CAPTURE + "\r\n--b")) {
            Answer answer = parts(path, type, cutOff);
            assertThat(answer.status()).as("'%s'", cutOff).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
        }
        assertThat(parts(path, "multipart/form-data", PART + CAPTURE + "\r\n--b--\r\n")
                        .problem())
                .as("without a boundary")
                .isEqualTo("malformed-request");
    }

    @Test
    void partsThatAreCutOffGiveAPersonAPage() throws IOException {
        Answer answer = service.send(service.request(
                        "/captures/look", "Content-Type", "multipart/form-data; boundary=b", "Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(PART + CAPTURE)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("<html", "The body ends before its parts do");
    }

    @Test
    void asManyFilesAsARackHasAreReadAndMoreAreRefused() {
        String type = "multipart/form-data; boundary=b";
        String file = PART + CAPTURE + "\r\n";
        Answer rack = parts("/api/v1/captures?dryRun=true", type, file.repeat(2000) + "--b--\r\n");
        assertThat(rack.status()).isEqualTo(200);
        Answer more = parts("/api/v1/captures?dryRun=true", type, file.repeat(2001) + "--b--\r\n");
        assertThat(more.status()).as(more.text()).isEqualTo(413);
        assertThat(more.problem()).isEqualTo("body-too-large");
    }

    @Test
    void whoIsNotSignedInSendsNoLargeForm() {
        HttpRequest.Builder form = service.request("/tables", "Content-Type", "application/x-www-form-urlencoded");
        Answer large =
                service.send(form.copy().POST(HttpRequest.BodyPublishers.ofString("name=" + "a".repeat(100_000))));
        assertThat(large.status()).isEqualTo(413);
        Answer small = service.send(form.copy().POST(HttpRequest.BodyPublishers.ofString("name=virt-1")));
        assertThat(small.status()).isIn(302, 403);
        assertThat(Set.copyOf(Collections.list(
                        Collections.enumeration(small.response().headers().map().keySet()))))
                .isNotEmpty();
    }
}
