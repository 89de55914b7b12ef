package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.MigregApplication;

/** A process with a heap of 256 MB is sent more than fits in there, by somebody without a credential. */
class SmallHeapIT {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private record Body(String path, String type, String beginning, String part, String end) {
        byte[] of(int bytes) {
            return (beginning + part.repeat(bytes / part.length()) + end).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final String GUESTS = "/api/v1/saved-guests/evaluations?kernel=6.12.107%2Bdeb13-arm64";
    private static final String JSON = "application/json";

    private static final List<Body> BODIES = List.of(
            new Body(
                    "/api/v1/impact",
                    JSON,
                    "{\"edits\": [",
                    "{\"op\": \"add\", \"machineType\": \"virt-10.1\"},",
                    "{}]}"),
            new Body("/api/v1/impact", JSON, "{\"table\": [", "[[[]]],", "[]]}"),
            new Body("/api/v1/impact", JSON, "{\"table\": \"", "x", "\"}"),
            new Body("/api/v1/evaluations", JSON, "{\"source\": {\"registers\": [", "[],", "[]]}}"),
            new Body("/api/v1/evaluations/batch", JSON, "{\"destinations\": [", "{},", "{}]}"),
            new Body("/api/v1/diagnoses", "text/plain", "load of migration failed\n", "a\n", ""),
            new Body("/diagnose", "application/x-www-form-urlencoded", "log=load+of+migration+failed%0A", "a%0A", ""),
            new Body(GUESTS, JSON, "[", "{\"registers\": [[]]},", "{}]"),
            new Body(GUESTS, "text/plain", "", "0x603000000013c103\n", ""),
            new Body(
                    GUESTS,
                    "multipart/form-data; boundary=b",
                    "",
                    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
                            + "0x603000000013c103\n".repeat(50_000) + "\r\n",
                    "--b--\r\n"));

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void itRefusesThemAndGoesOn() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MigregApplication.class.getName(),
                        "--server.port=0",
                        "--migreg.data-dir=" + directory.resolve("data"),
                        "--migreg.seed=false",
                        "--logging.structured.format.console=")
                .redirectErrorStream(true)
                .start();
        List<String> errors = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                HttpClient client = HttpClient.newHttpClient()) {
            String address = "http://127.0.0.1:" + port(output);
            Thread reading = Thread.ofVirtual()
                    .start(() -> output.lines()
                            .filter(line -> line.contains("OutOfMemory") || line.contains(" ERROR "))
                            .forEach(errors::add));
            for (Body body : BODIES) {
                for (int bytes : List.of(1 << 20, 4 << 20, 60_000_000)) {
                    assertThat(statuses(client, address, body, bytes))
                            .as("%s: %s of %d bytes", body.path(), body.part(), bytes)
                            .isSubsetOf(200, 400, 408, 413, 415, 422, 503);
                }
                assertThat(client.send(
                                        HttpRequest.newBuilder(URI.create(address + "/api/v1/registers/TCR2_EL1"))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(process.isAlive()).isTrue();
            process.destroy();
            reading.join();
            assertThat(errors).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    private static int port(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = PORT.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
        }
        throw new IOException("the process ended before it had started");
    }

    private static List<Integer> statuses(HttpClient client, String address, Body body, int bytes) {
        byte[] content = body.of(bytes);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + body.path()))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Content-Type", body.type())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                    .build();
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode)
                    // Refused while it was still being sent.
                    .exceptionally(cutOff -> 413));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
