package org.migreg.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.api.RunningService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other people's dashboards take from this one: metrics, badges, and the Grafana dashboard itself. */
class OtherDashboardsTests {

    @TempDir
    static Path dataDirectory;

    static RunningService service;

    @BeforeAll
    static void start() {
        service = new RunningService(dataDirectory, "--migreg.metrics.refresh-interval=50ms");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.address() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** The scrape that has the verdicts, which are counted in the background. */
    private static String metrics() {
        return await("the verdicts")
                .atMost(Duration.ofMinutes(5))
                .until(() -> get("/actuator/prometheus").body(), text -> text.contains("migreg_moves{"));
    }

    private static Set<String> names(String text) {
        return Pattern.compile("\\bmigreg_[a-z_]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void verdictCountsOfAMachineTypeAddUpToItsMatrix() throws IOException, InterruptedException {
        double counted = metrics()
                .lines()
                .filter(line -> line.startsWith("migreg_moves{") && line.contains("machine_type=\"virt-10.1\""))
                .filter(line -> line.contains("verdict=\"INCOMPATIBLE\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();

        long failing = 0;
        for (JsonNode pair :
                service.get("/api/v1/matrix?machineType=virt-10.1").json().get("pairs")) {
            if (pair.get("verdict").asString().equals("INCOMPATIBLE")) {
                failing++;
            }
        }
        assertTrue(failing > 0);
        assertEquals((double) failing, counted);
    }

    @Test
    void metricsAreThoseThatTheDocumentationLists() throws IOException {
        Set<String> served = families(metrics());
        Set<String> listed = Pattern.compile("`([a-z_]+\\*?)`")
                .matcher(Files.readString(Path.of("docs/operations.md"))
                        .lines()
                        .dropWhile(line -> !line.equals("## Metrics"))
                        .takeWhile(line -> !line.equals("## OpenTelemetry"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(0, line.indexOf('|', 1)))
                        .collect(Collectors.joining()))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(served.contains("migreg_writing"));
        assertEquals(
                List.of(),
                served.stream()
                        .filter(name -> listed.stream().noneMatch(line -> isMeant(line, name)))
                        .toList(),
                "served and not listed");
        assertEquals(
                List.of(),
                listed.stream()
                        .filter(line -> served.stream().noneMatch(name -> isMeant(line, name)))
                        .toList(),
                "listed and not served");
    }

    @Test
    void alertsAskForMetricsThatAreThere() throws IOException {
        Set<String> served = families(metrics());
        Set<String> asked = Pattern.compile("\\b(?:migreg|http|hikaricp|disk|jvm)_[a-z_]+")
                .matcher(Files.readAllLines(Path.of("docs/alerts.yaml")).stream()
                        .filter(line -> line.contains("expr:") || line.contains("rate("))
                        .collect(Collectors.joining("\n")))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(asked.size() > 5);
        assertEquals(
                List.of(),
                asked.stream()
                        .filter(name -> !served.contains(name.replaceFirst("_(count|sum)$", "")))
                        .toList());
    }

    /** The names of a scrape; those of the Java machine depend on the collector, and on what has happened. */
    private static Set<String> families(String scrape) {
        return Pattern.compile("# TYPE (\\S+)")
                .matcher(scrape)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isMeant(String line, String name) {
        return line.endsWith("*") ? name.startsWith(line.substring(0, line.length() - 1)) : name.equals(line);
    }

    @Test
    void grafanaDashboardAsksForMetricsAndFieldsThatAreThere() throws IOException, InterruptedException {
        String dashboard = Files.readString(Path.of("docs/grafana/migreg.json"));
        JsonNode read = JsonMapper.shared().readTree(dashboard);

        Set<String> asked = names(dashboard);
        assertTrue(asked.contains("migreg_moves"));
        assertTrue(names(metrics()).containsAll(asked), () -> asked + " are asked for");

        JsonNode first = service.get("/api/v1/matrix?machineType=virt-10.1")
                .json()
                .get("pairs")
                .get(0);
        Set<String> selectors = new TreeSet<>();
        for (JsonNode panel : read.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                for (JsonNode column : target.path("columns")) {
                    selectors.add(column.get("selector").asString());
                }
            }
        }
        assertTrue(selectors.contains("verdict"));
        assertTrue(
                selectors.stream().allMatch(first::has), () -> selectors + " are asked for, but a pair has " + first);
    }

    @ParameterizedTest
    @CsvSource({
        "6.12.107+deb13-arm64..6.16.12+deb13-arm64, migrates",
        "6.16.12+deb13-arm64..6.1.0-50-arm64, fails",
        "debian..debian, of",
        "el9..el10, not captured",
    })
    void badgeSaysWhetherGuestsCanGo(String pair, String words) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/badges/virt-10.1/" + pair + ".svg");

        assertEquals(200, answer.statusCode());
        assertEquals(
                "image/svg+xml", answer.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(answer.body().contains(words), answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "/badges/virt-10.1/el9.svg, 400",
        "/badges/virt-10.1/..el9.svg, 400",
        "/badges/virt-99.1/el9..el10.svg, 404",
        "/badges/virt-10.1/nonsense..el10.svg, 400"
    })
    void badgeOfNothingKnownIsRefused(String path, int status) throws IOException, InterruptedException {
        assertEquals(status, get(path).statusCode());
    }
}
