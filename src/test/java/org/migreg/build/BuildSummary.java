package org.migreg.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What a build ends with: which tests ran and how long, which did not and why, and where their output is. */
public final class BuildSummary {

    private static final int SLOWEST = 5;

    /** What surefire or failsafe reported of one class. */
    private record Report(String name, int tests, int failed, int skipped, double seconds, List<String> reasons) {

        String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    private BuildSummary() {}

    /** Takes the build directory, and when the build began, in ISO-8601. */
    public static void main(String[] arguments) throws IOException, XMLStreamException {
        System.out.print(of(Path.of(arguments[0]), Instant.parse(arguments[1]), Instant.now()));
    }

    /** Leaves out reports that are older than the build. */
    static String of(Path buildDirectory, Instant began, Instant now) throws IOException, XMLStreamException {
        List<Report> units = reports(buildDirectory.resolve("surefire-reports"), began);
        List<Report> integrations = reports(buildDirectory.resolve("failsafe-reports"), began);
        List<Report> all = Stream.concat(units.stream(), integrations.stream()).toList();
        StringBuilder text = new StringBuilder("\n");
        if (all.isEmpty()) {
            return text.append("No tests were run.\n\n").toString();
        }
        text.append(line("Unit tests", units));
        text.append(line("Integration tests", integrations));
        text.append("Whole build so far: ")
                .append(duration(Duration.between(began, now)))
                .append("\n");
        text.append("Slowest: ")
                .append(all.stream()
                        .sorted(Comparator.comparingDouble(Report::seconds).reversed())
                        .limit(SLOWEST)
                        .map(report -> report.simpleName() + " " + duration(report.seconds()))
                        .collect(Collectors.joining(", ")))
                .append("\n");
        skipped(all)
                .forEach((reason, classes) -> text.append("NOT TESTED, ")
                        .append(reason)
                        .append("\n    (")
                        .append(String.join(", ", classes))
                        .append(")\n"));
        text.append("What the tests and the service in them printed: ")
                .append(Stream.of("surefire-reports", "failsafe-reports")
                        .map(buildDirectory::resolve)
                        .filter(Files::isDirectory)
                        .map(directory -> directory + "/*-output.txt")
                        .collect(Collectors.joining(", ")));
        return text.append("\n\n").toString();
    }

    private static String line(String kind, List<Report> reports) {
        if (reports.isEmpty()) {
            return kind + ": none were run\n";
        }
        int tests = reports.stream().mapToInt(Report::tests).sum();
        int failed = reports.stream().mapToInt(Report::failed).sum();
        int skipped = reports.stream().mapToInt(Report::skipped).sum();
        double seconds = reports.stream().mapToDouble(Report::seconds).sum();
        return "%s: %d in %d classes, %s; %s, %s%n"
                .formatted(
                        kind,
                        tests,
                        reports.size(),
                        duration(seconds),
                        failed == 0 ? "none failed" : failed + " FAILED",
                        skipped == 0 ? "none skipped" : skipped + " SKIPPED");
    }

    private static Map<String, Set<String>> skipped(List<Report> reports) {
        Map<String, Set<String>> classes = new TreeMap<>();
        for (Report report : reports) {
            for (String reason : report.reasons()) {
                classes.computeIfAbsent(reason, any -> new TreeSet<>()).add(report.simpleName());
            }
        }
        return classes;
    }

    private static List<Report> reports(Path directory, Instant began) throws IOException, XMLStreamException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList();
        }
        List<Report> reports = new ArrayList<>();
        for (Path file : files) {
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(began)) {
                reports.add(report(file));
            }
        }
        return reports;
    }

    private static Report report(Path file) throws IOException, XMLStreamException {
        Report suite = null;
        List<String> reasons = new ArrayList<>();
        try (InputStream input = Files.newInputStream(file)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(input);
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (xml.getLocalName().equals("testsuite")) {
                    suite = new Report(
                            xml.getAttributeValue(null, "name"),
                            number(xml, "tests"),
                            number(xml, "failures") + number(xml, "errors"),
                            number(xml, "skipped"),
                            Double.parseDouble(
                                    xml.getAttributeValue(null, "time").replace(",", "")),
                            reasons);
                } else if (xml.getLocalName().equals("skipped")) {
                    String message = xml.getAttributeValue(null, "message");
                    reasons.add(
                            message == null || message.isBlank()
                                    ? "without a reason given"
                                    : message.strip().replaceFirst("^Assumption failed: ", ""));
                }
            }
        }
        if (suite == null) {
            throw new IOException(file + " is no report of tests: it has no <testsuite>");
        }
        return suite;
    }

    private static int number(XMLStreamReader xml, String attribute) {
        return Integer.parseInt(xml.getAttributeValue(null, attribute));
    }

    private static String duration(double seconds) {
        return duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static String duration(Duration duration) {
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
    }
}
