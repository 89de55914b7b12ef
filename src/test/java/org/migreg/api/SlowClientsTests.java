package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;

/** Clients that let the service wait, byte for byte: others do not notice, and they are told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SlowClientsTests {

    /** More than Tomcat has threads by itself. */
    private static final int MANY = 300;

    private static final String EVALUATION = "{\"machineType\": \"virt-10.1\","
            + " \"source\": {\"kernel\": \"6.12.107+deb13-arm64\", \"cpuModel\": \"neoverse-v1\"},"
            + " \"destination\": {\"kernel\": \"6.18.15+deb13-arm64\", \"cpuModel\": \"neoverse-v1\"}}";

    private RunningService patient;
    private RunningService impatient;

    @BeforeAll
    void start(@TempDir Path directory) {
        patient = new RunningService(
                directory.resolve("patient"),
                "--migreg.clients.patience=30m",
                "--migreg.clients.most-connections=4096");
        impatient = new RunningService(
                directory.resolve("impatient"),
                "--migreg.seed=false",
                "--migreg.clients.patience=500ms",
                "--migreg.clients.most-connections=40");
    }

    @AfterAll
    void stop() {
        patient.close();
        impatient.close();
    }

    private static Socket connect(RunningService service) throws IOException {
        URI address = URI.create(service.address());
        Socket socket = new Socket();
        // Little of an answer fits in there.
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String header(String method, String path, String... headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", lines(headers)) + "\r\n";
    }

    private static List<String> lines(String... headers) {
        return Stream.of(headers).map(header -> header + "\r\n").toList();
    }

    private void othersAreAnswered() {
        for (int i = 0; i < 10; i++) {
            assertThat(patient.ask("/api/v1/evaluations", EVALUATION).status()).isEqualTo(200);
            assertThat(patient.get("/api/v1/registers/TCR2_EL1").status()).isEqualTo(200);
        }
    }

    @TestFactory
    Stream<DynamicTest> nobodyWaitsForManyThatSendByteByByte() {
        String kernel = "?kernel=6.12.107%2Bdeb13-arm64";
        return Stream.of(
                        header(
                                "POST",
                                "/api/v1/evaluations",
                                "Content-Type: application/json",
                                "Content-Length: 100000"),
                        header(
                                "POST",
                                "/api/v1/evaluations",
                                "Content-Type: application/json",
                                "Transfer-Encoding: chunked"),
                        header(
                                "POST",
                                "/api/v1/saved-guests/evaluations" + kernel,
                                "Content-Type: application/octet-stream",
                                "Content-Length: 100000000000"),
                        header(
                                "POST",
                                "/api/v1/saved-guests/evaluations" + kernel,
                                "Content-Type: multipart/form-data; boundary=x",
                                "Content-Length: 100000000000"),
                        header(
                                "POST",
                                "/diagnose",
                                "Content-Type: application/x-www-form-urlencoded",
                                "Content-Length: 100000"),
                        header(
                                "POST",
                                "/captures",
                                "Content-Type: multipart/form-data; boundary=x",
                                "Content-Length: 100000"),
                        "GET /api/v1/registers/TCR2_EL1 HTTP/1.1\r\nX-Slow: ")
                .map(begun -> dynamicTest(begun.lines().findFirst().orElse(""), () -> {
                    List<Socket> slow = new ArrayList<>();
                    try {
                        for (int i = 0; i < MANY; i++) {
                            Socket socket = connect(patient);
                            slow.add(socket);
                            send(socket, begun + (begun.contains("chunked") ? "1\r\n" : " "));
                        }
                        othersAreAnswered();
                    } finally {
                        closeAll(slow);
                    }
                }));
    }

    @Test
    void nobodyWaitsForManyThatDoNotReadTheirAnswers() throws IOException {
        String matrix = header("GET", "/api/v1/matrix?machineType=virt-10.1");
        assertThat(patient.get("/api/v1/matrix?machineType=virt-10.1").text())
                .as("a large answer")
                .hasSizeGreaterThan(100_000);
        List<Socket> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                Socket socket = connect(patient);
                deaf.add(socket);
                send(socket, matrix.repeat(20));
            }
            othersAreAnswered();
            // And they are answered themselves, once they read.
            assertThat(new String(deaf.getFirst().getInputStream().readNBytes(100_000), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"pairs\"");
        } finally {
            closeAll(deaf);
        }
    }

    /** Sends a byte whenever no answer has come for a while. */
    private static String answerTo(Socket socket, String drip) throws IOException {
        socket.setSoTimeout(50);
        InputStream input = socket.getInputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (true) {
            try {
                int count = input.read(buffer);
                if (count < 0) {
                    return answer.toString(StandardCharsets.UTF_8);
                }
                answer.write(buffer, 0, count);
            } catch (SocketTimeoutException nothingYet) {
                if (answer.size() == 0) {
                    drip(socket, drip);
                }
            }
        }
    }

    /** What is sent after the connection was ended is lost; the answer may still be there to read. */
    private static void drip(Socket socket, String drip) throws IOException {
        try {
            send(socket, drip);
        } catch (SocketException ended) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void aBodyThatComesTooSlowlyIsRefused() throws IOException {
        isRefused(
                header("POST", "/api/v1/evaluations", "Content-Type: application/json", "Content-Length: 100000"), " ");
        isRefused(
                header("POST", "/api/v1/diagnoses", "Content-Type: text/plain", "Transfer-Encoding: chunked"),
                "1\r\n \r\n");
        isRefused(
                header(
                                "POST",
                                "/api/v1/saved-guests/evaluations?kernel=6.12",
                                "Content-Type: multipart/form-data; boundary=x",
                                "Content-Length: 10000000")
                        + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
                        // Beyond what is read before work begins.
                        + "x".repeat(300_000),
                "x");
    }

    private void isRefused(String begun, String drip) throws IOException {
        try (Socket socket = connect(impatient)) {
            send(socket, begun);
            assertThat(answerTo(socket, drip)).startsWith("HTTP/1.1 408").contains("/problems/request-too-slow");
        }
    }

    @Test
    void aFormThatComesTooSlowlyIsRefusedOnAPage() throws IOException {
        try (Socket form = connect(impatient)) {
            send(
                    form,
                    header(
                            "POST",
                            "/diagnose",
                            "Accept: text/html",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: 100000"));
            assertThat(answerTo(form, "a")).startsWith("HTTP/1.1 408").contains("<html", "The body came too slowly");
        }
    }

    @Test
    void aHeaderThatComesTooSlowlyEndsItsConnection() throws IOException {
        try (Socket socket = connect(impatient)) {
            send(socket, "GET /api/v1/registers/TCR2_EL1 HTTP/1.1\r\nX-Slow: ");
            assertThat(endOf(socket)).as("ended without an answer").isTrue();
        }
    }

    private static boolean endOf(Socket socket) {
        try {
            return answerTo(socket, "a").isEmpty();
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void connectionsThatSendNothingMakeWayForOthers() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = connect(impatient);
                silent.add(socket);
                if (i % 2 == 0) {
                    send(socket, header("GET", "/api/v1/registers/TCR2_EL1"));
                }
            }
            for (int i = 0; i < 10; i++) {
                assertThat(impatient.get("/api/v1/registers/TCR2_EL1").status()).isEqualTo(200);
            }
        } finally {
            closeAll(silent);
        }
    }

    @Test
    void whoMayNotWriteHearsSoBeforeTheBodyIsSent() throws IOException {
        for (String path : List.of("/api/v1/captures", "/api/v1/machine-types", "/api/v1/tables/apply")) {
            try (Socket socket = connect(patient)) {
                send(
                        socket,
                        header(
                                "POST",
                                path,
                                "Content-Type: application/json",
                                "Content-Length: 100000",
                                "Expect: 100-continue"));
                assertThat(answerTo(socket, "")).startsWith("HTTP/1.1 401").contains("/problems/unauthenticated");
            }
        }
        try (Socket form = connect(patient)) {
            send(
                    form,
                    header(
                            "PUT",
                            "/api/v1/hosts/a",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: 9"));
            assertThat(answerTo(form, "")).startsWith("HTTP/1.1 401");
        }
        try (Socket page = connect(patient)) {
            send(
                    page,
                    header(
                            "POST",
                            "/captures",
                            "Content-Type: multipart/form-data; boundary=x",
                            "Content-Length: 100000000000"));
            assertThat(answerTo(page, "")).startsWith("HTTP/1.1 302").containsPattern("Location: \\S*/login");
        }
    }

    @Test
    void whoeverMayWriteIsToldToGoOn() throws IOException {
        try (Socket socket = connect(patient)) {
            String body = EVALUATION;
            send(
                    socket,
                    header(
                            "POST",
                            "/api/v1/evaluations",
                            "Content-Type: application/json",
                            "Content-Length: " + body.length(),
                            "Connection: close",
                            "Expect: 100-continue"));
            byte[] goOn = socket.getInputStream().readNBytes("HTTP/1.1 100 \r\n\r\n".length());
            assertThat(new String(goOn, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 100");
            send(socket, body);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("HTTP/1.1 200", "\"verdict\"");
        }
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws IOException {
        String question = header(
                        "POST",
                        "/api/v1/evaluations",
                        "Content-Type: application/json",
                        "Content-Length: " + EVALUATION.length())
                + EVALUATION;
        try (Socket socket = connect(patient)) {
            send(socket, question + question + question.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(4);
        }
    }

    @Test
    void aBodyThatEndsTooSoonIsMalformed() throws IOException {
        try (Socket socket = connect(patient)) {
            send(
                    socket,
                    header("POST", "/api/v1/evaluations", "Content-Type: application/json", "Content-Length: 100")
                            + "{");
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("/problems/malformed-request", "ends after 1 bytes");
        }
        try (Socket socket = connect(patient)) {
            send(
                    socket,
                    header(
                                    "POST",
                                    "/api/v1/evaluations",
                                    "Content-Type: application/json",
                                    "Transfer-Encoding: chunked")
                            + "no number\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("/problems/malformed-request");
        }
    }

    /** Not even where its sender is told that it is not wanted. */
    @Test
    void theRestOfAnUnwantedBodyIsNotWaitedFor() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                Socket socket = connect(patient);
                slow.add(socket);
                send(
                        socket,
                        header("POST", "/api/v1/nothing", "Content-Type: text/plain", "Content-Length: 100000") + " ");
            }
            Answer other = patient.get("/api/v1/registers/TCR2_EL1");
            assertThat(other.status()).isEqualTo(200);
        } finally {
            closeAll(slow);
        }
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
