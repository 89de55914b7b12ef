package org.migreg.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.migreg.MigregApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a port of its own with a data directory of its own, asked over HTTP. */
public final class RunningService implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String token;
    private final String address;

    public RunningService(Path dataDirectory, String... settings) {
        SpringApplication application = new SpringApplication(MigregApplication.class);
        String[] arguments = new String[settings.length + 3];
        System.arraycopy(settings, 0, arguments, 0, settings.length);
        arguments[settings.length] = "--server.port=0";
        arguments[settings.length + 1] = "--migreg.data-dir=" + dataDirectory;
        arguments[settings.length + 2] = "--logging.structured.format.console=";
        context = application.run(arguments);
        address = "http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort();
        try {
            token = Files.readString(dataDirectory.resolve("admin-token")).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** An answer: status, headers and body. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String text() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The slug of the problem that this is. */
        public String problem() {
            String contentType = header("Content-Type");
            if (contentType == null || !contentType.startsWith("application/problem+json")) {
                throw new AssertionError("no problem but " + status() + " " + contentType + ": " + text());
            }
            String type = json().get("type").asString();
            return type.substring(type.lastIndexOf('/') + 1);
        }
    }

    public String address() {
        return address;
    }

    public String token() {
        return token;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** A write with the administrator's token. */
    public Answer write(String method, String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A request to post JSON without a credential. */
    public Answer ask(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends a request; that its answer, and what was taken of it, is what the contract says is asserted here. */
    public Answer send(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        try {
            HttpResponse<String> answer = client.send(built, HttpResponse.BodyHandlers.ofString());
            requireContract(Exchange.of(built, answer));
            return new Answer(answer);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Fails where this exchange is not as the contract says. */
    static void requireContract(Exchange exchange) {
        List<String> violations = WrittenContract.committed().violations(exchange);
        if (!violations.isEmpty()) {
            throw new AssertionError("not as openapi/openapi.yaml says:\n" + String.join("\n", violations));
        }
    }

    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
