package org.migreg.maintenance;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the running service, with the token in its data directory. */
final class ServiceCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DatabaseSettings settings;

    ServiceCalls(DatabaseSettings settings) {
        this.settings = settings;
    }

    /**
     * @param body JSON; null for none
     * @return what it answers, which is missing where it answers nothing
     * @throws MaintenanceException when it cannot be asked, or refuses
     */
    JsonNode call(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.service().resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token())
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode read = answer.body().isBlank()
                    ? JsonMapper.shared().missingNode()
                    : JsonMapper.shared().readTree(answer.body());
            if (answer.statusCode() >= 300) {
                throw new MaintenanceException("the service at " + settings.service() + " refuses: "
                        + read.path("detail").asString(answer.body()));
            }
            return read;
        } catch (IOException unreachable) {
            throw new MaintenanceException(
                    "the service does not answer at " + settings.service()
                            + ": say where it listens with --server.address=… and --server.port=… (" + unreachable
                            + ")",
                    unreachable);
        }
    }

    private String token() throws IOException {
        try {
            return Files.readString(settings.dataDirectory().resolve("admin-token"), StandardCharsets.US_ASCII)
                    .strip();
        } catch (NoSuchFileException absent) {
            throw new MaintenanceException(
                    settings.dataDirectory() + " has no file admin-token: say where the service's data are with"
                            + " --migreg.data-dir=…",
                    absent);
        }
    }
}
