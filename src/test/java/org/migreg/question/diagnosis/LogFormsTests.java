package org.migreg.question.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.migreg.evaluation.RecordedOutcomes;
import org.migreg.format.qemulog.LogReading;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.policy.PolicyTable;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Whatever became of a log on the way, its diagnosis is that of the bare messages. */
class LogFormsTests {

    private static final String PROGRAM = "qemu-system-aarch64: ";

    /** All that real QEMUs printed: every recorded load, and the sample logs. */
    private static final List<List<String>> RECORDED = recorded();

    private static final Map<List<String>, String> BARE = RECORDED.stream()
            .collect(Collectors.toMap(
                    Function.identity(), messages -> told(QemuLogReader.read(String.join("\n", messages)))));

    private static List<List<String>> recorded() {
        Set<List<String>> all = new LinkedHashSet<>();
        for (String file : List.of("qemu-outcomes", "kvm-migrations", "kvm-ran-migrations")) {
            RecordedOutcomes.rows(file).forEach(row -> {
                List<String> messages = new ArrayList<>();
                row.get("messages").forEach(message -> messages.add(PROGRAM + message.asString()));
                all.add(messages);
            });
        }
        try (InputStream logs = LogFormsTests.class.getResourceAsStream("/logs/kvm-migrations.txt")) {
            for (String block : new String(logs.readAllBytes(), StandardCharsets.UTF_8).split("### [^\n]*\n", -1)) {
                all.add(block.lines().filter(line -> !line.isBlank()).toList());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        all.remove(List.<String>of());
        assertThat(all).hasSizeGreaterThan(500);
        return List.copyOf(all);
    }

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final Collector<CharSequence, ?, String> LINES = Collectors.joining("\n");

    private static final Map<String, UnaryOperator<String>> FORMS = new LinkedHashMap<>();

    static {
        for (int width : List.of(72, 80)) {
            FORMS.put("wrapped at " + width, log -> eachLine(log, line -> wrapped(line, width, "")));
            FORMS.put(
                    "wrapped at " + width + " and quoted",
                    log -> eachLine(log, line -> quoted(wrapped(line, width, ""))));
            FORMS.put(
                    "quoted, then wrapped at " + width, log -> eachLine(log, line -> wrapped("> " + line, width, "")));
            FORMS.put("cut at " + width, log -> eachLine(log, line -> cut(line, width)));
            FORMS.put(
                    "cut at " + width + " without blanks at the end",
                    log -> eachLine(log, line -> stripped(cut(line, width))));
            FORMS.put("cut at " + width + " and quoted", log -> eachLine(log, line -> quoted(cut(line, width))));
        }
        FORMS.put("cut at 93", log -> eachLine(log, line -> cut(line, 93)));
        FORMS.put("YAML, single quotes, folded", LogFormsTests::foldedYaml);
        FORMS.put("YAML, double quotes, folded", LogFormsTests::escapedYaml);
        FORMS.put("YAML, literal", log -> "log: |\n" + eachLine(log, line -> "    " + line));
        FORMS.put("JSON", LogFormsTests::json);
        FORMS.put("JSON in JSON", log -> json(json(log)));
        FORMS.put("JSON in JSON in JSON", log -> json(json(json(log))));
        FORMS.put(
                "JSON that escapes signs",
                log -> json(log).replace("<", "\\u003c").replace("'", "\\u0027").replace("=", "\\u003d"));
        FORMS.put("HTML entities", log -> html(log));
        FORMS.put(
                "HTML entities by number",
                log -> log.replace("<", "&#60;").replace("'", "&#x27;").replace("\n", "&#10;"));
        FORMS.put("HTML entities of entities", log -> html(html(log)));
        FORMS.put("no-break blanks", log -> log.replace(' ', '\u00a0'));
        FORMS.put(
                "no-break blanks, wrapped",
                log -> eachLine(log, line -> wrapped(line, 80, "")).replace(' ', '\u00a0'));
        FORMS.put(
                "typographic quotes and signs",
                log -> log.replaceAll("'([^']*)'", "\u2018$1\u2019")
                        .replace("<=", "\u2264")
                        .replace("-22", "\u221222"));
        FORMS.put("colours", log -> eachLine(log, line -> "\u001b[1;31m" + line + "\u001b[0m\u001b[K"));
        FORMS.put(
                "colours in JSON",
                log -> json(eachLine(log, line -> "\u001b[31m" + line + "\u001b[0m"))
                        .replace("\u001b", "\\u001b"));
        FORMS.put("syslog", log -> "Nov  2 08:15:42 host-a libvirtd[123]: " + log.replace("\n", "#012"));
        FORMS.put("the journal", log -> eachLine(log, line -> "Nov 02 08:15:42 host-a virtqemud[123]: " + line));
        FORMS.put(
                "the journal, cut at 80",
                log -> eachLine(log, line -> cut("Nov 02 08:15:42 host-a virtqemud[123]: " + line, 80)));
        FORMS.put(
                "libvirt's error",
                log -> "error: internal error: QEMU unexpectedly closed the monitor (vm='g1'): "
                        + eachLine(log, line -> "2026-11-02T08:15:42.123456Z " + line));
        FORMS.put(
                "libvirt's error, wrapped and quoted",
                log -> eachLine(
                        "error: internal error: QEMU unexpectedly closed the monitor (vm='g1'): "
                                + eachLine(log, line -> "2026-11-02T08:15:42.123456Z " + line),
                        line -> quoted(wrapped(line, 72, ""))));
        FORMS.put(
                "libvirt's guest log",
                log -> header() + eachLine(log, line -> "2026-11-02T08:15:42.123456Z " + line)
                        + "\n2026-11-02 08:15:45.300+0000: shutting down, reason=failed\n");
        FORMS.put("quoted-printable", LogFormsTests::quotedPrintable);
        FORMS.put(
                "quoted-printable no-break blanks",
                log -> log.replace("=", "=3D").replace(" ", "=C2=A0").replaceAll("(.{69}(?!.{0,3}$))", "$1=\n"));
        FORMS.put(
                "flowed, quoted twice by a name",
                log -> eachLine(
                        log,
                        line -> wrapped(line, 66, "")
                                .lines()
                                .map(piece -> "AB>> " + piece + " ")
                                .collect(LINES)));
        FORMS.put(
                "in quotes of several depths",
                log -> eachLine(log, line -> {
                    String[] pieces = wrapped(line, 60, "").split("\n", -1);
                    return IntStream.range(0, pieces.length)
                            .mapToObj(i -> (i % 2 == 0 ? "> > > " : ">>") + pieces[i])
                            .collect(LINES);
                }));
        FORMS.put("a blank line below each line", log -> log.replace("\n", "\r\n\r\n"));
        FORMS.put(
                "wrapped, and a blank line below each piece",
                log -> eachLine(log, line -> wrapped(line, 76, "")).replace("\n", "\n\n"));
        FORMS.put("Markdown", log -> eachLine(log, line -> "* **`" + line.replaceAll("([_<>*])", "\\\\$1") + "`**  "));
        FORMS.put("a Markdown table", log -> "| line |\n|---|\n" + eachLine(log, line -> "| " + line + " |"));
        FORMS.put(
                "a page's table",
                log -> "<table><tbody>"
                        + log.lines()
                                .map(line -> "<tr><td class=\"n\">1</td><td><font color='red'>"
                                        + html(line).replace("cpu", "<mark>cpu</mark>") + "</font></td></tr>")
                                .collect(Collectors.joining())
                        + "</tbody></table>");
        FORMS.put(
                "a frame of lines, wrapped",
                log -> eachLine(
                        log,
                        line -> wrapped(line, 60, "")
                                .lines()
                                .map(piece ->
                                        "\u2502 " + piece + " ".repeat(Math.max(0, 60 - piece.length())) + " \u2502")
                                .collect(LINES)));
        FORMS.put("an editor's arrows", log -> eachLine(log, line -> wrapped(line, 76, "\u21aa ")));
        FORMS.put(
                "parts of a container's log",
                log -> eachLine(log, line -> {
                    int half = line.length() / 2;
                    String stamp = "2026-11-02T08:15:42.123456789Z stderr ";
                    return stamp + "P " + line.substring(0, half) + "\n" + stamp + "F " + line.substring(half);
                }));
        FORMS.put(
                "journalctl -o json of bytes",
                log -> eachLine(
                        log,
                        line -> "{\"_HOSTNAME\":\"host-a\",\"MESSAGE\":"
                                + Arrays.toString(("\u001b[31m" + line).getBytes(StandardCharsets.UTF_8)) + "}"));
        FORMS.put(
                "journalctl -o export",
                log -> eachLine(log, line -> "__CURSOR=s=1;i=2\n_HOSTNAME=host-a\nMESSAGE=" + line + "\n_PID=1\n"));
        FORMS.put(
                "a spreadsheet",
                log -> "time;message\n" + eachLine(log, line -> "1;\"" + line.replace("\"", "\"\"") + "\""));
        FORMS.put("tabs and doubled blanks", log -> log.replace(": ", ":\t").replace(" ", "  "));
        FORMS.put(
                "signs that are not seen",
                log -> log.replace("_", "_\u200b").replace("reg", "re\u00adg").replace(" ", " \u200e"));
        FORMS.put(
                "read as Windows' characters on the way",
                log -> new String(
                        log.replace(' ', '\u00a0')
                                .replace("'cpu'", "\u2018cpu\u2019")
                                .getBytes(StandardCharsets.UTF_8),
                        WINDOWS));
        FORMS.put("words in the other case", log -> eachLine(log, LogFormsTests::otherCase));
        FORMS.put("twice", log -> log + "\n" + log);
    }

    private static String header() {
        return "2026-10-01 10:00:00.000+0000: starting up libvirt version: 10.10.0, package: 7.el9 (Red Hat, Inc.), qemu version:"
                + " 9.1.0qemu-kvm-9.1.0-15.el9, kernel: 5.14.0-570.el9.aarch64, hostname: host-a.example\n";
    }

    private static final Map<String, Function<byte[], byte[]>> BODIES = Map.of(
            "bzip2", content -> packed(content, BZip2CompressorOutputStream::new),
            "UTF-16, big end first, without a mark",
                    content -> new String(content, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16BE),
            "UTF-32", content -> new String(content, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_32LE),
            "gzip", content -> packed(content, GZIPOutputStream::new),
            "xz", content -> packed(content, out -> new XZOutputStream(out, new LZMA2Options(0))),
            "zstd", Zstd::compress,
            "UTF-16", content -> new String(content, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16),
            "UTF-16 without a mark",
                    content -> new String(content, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE),
            "UTF-8 with a mark",
                    content ->
                            ("\ufeff" + new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8),
            "Windows' characters",
                    content -> new String(content, StandardCharsets.UTF_8)
                            .replace(' ', '\u00a0')
                            .replaceAll("'([^']*)'", "\u2018$1\u2019")
                            .getBytes(WINDOWS));

    private interface Packer {
        OutputStream on(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] content, Packer packer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packer.on(bytes)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @TestFactory
    Stream<DynamicTest> everyFormIsDiagnosedAsTheBareMessages() {
        return FORMS.entrySet().stream()
                .map(form -> DynamicTest.dynamicTest(form.getKey(), () -> {
                    int checked = 0;
                    for (List<String> messages : RECORDED) {
                        String bare = String.join("\n", messages);
                        String given = form.getValue().apply(bare);
                        assertThat(told(QemuLogReader.loads(given).getLast()))
                                .as(() -> given)
                                .isEqualTo(BARE.get(messages));
                        checked++;
                    }
                    System.out.println("log forms: " + form.getKey() + ": " + checked + " logs");
                    assertThat(checked).isPositive();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyBodyIsDiagnosedAsTheBareMessages() {
        return BODIES.entrySet().stream()
                .map(body -> DynamicTest.dynamicTest(body.getKey(), () -> {
                    int checked = 0;
                    for (List<String> messages : RECORDED) {
                        String bare = String.join("\n", messages);
                        byte[] content = body.getValue().apply(bare.getBytes(StandardCharsets.UTF_8));
                        assertThat(told(QemuLogReader.read(QemuLogReader.text(new ByteArrayInputStream(content)))))
                                .as(bare)
                                .isEqualTo(BARE.get(messages));
                        checked++;
                    }
                    System.out.println("log bodies: " + body.getKey() + ": " + checked + " logs");
                    assertThat(checked).isPositive();
                }));
    }

    @Test
    void twoLoadsInOneTextAreDiagnosedEachForItself() {
        int apart = 0;
        int byTheirEnds = 0;
        List<String> earlier = List.of(
                PROGRAM + "Invalid value 999 expecting positive value <= 1",
                PROGRAM + "load of migration failed: Invalid argument");
        for (List<String> messages : RECORDED) {
            String first = String.join("\n", earlier);
            String second = String.join("\n", messages);
            boolean hasEnded = earlier.getLast().contains("load of migration failed");
            // What repeats the last lines of a load may be an error that quotes them, and is taken for one.
            if (hasEnded && !first.endsWith(second) && fails(second)) {
                assertThat(QemuLogReader.loads(first + "\n" + second).stream().map(LogFormsTests::told))
                        .as(first + "\n" + second)
                        .endsWith(told(QemuLogReader.read(second)));
                byTheirEnds++;
            }
            assertThat(QemuLogReader.loads(header() + first + "\n" + header() + second).stream()
                            .map(LogFormsTests::told))
                    .containsExactly(told(QemuLogReader.read(first)), told(QemuLogReader.read(second)));
            apart++;
            earlier = messages;
        }
        System.out.println("log forms: two loads told apart by libvirt's lines: " + apart + ", by their ends alone: "
                + byTheirEnds);
        assertThat(byTheirEnds).isPositive();
    }

    private static boolean fails(String log) {
        return QemuLogReader.read(log).events().stream()
                .anyMatch(event -> !(event instanceof org.migreg.format.qemulog.LogEvent.LoadFailed));
    }

    /** What is said of a load, without what is said of the host that wrote it: entries are made for its kernel. */
    private static String told(LogReading reading) {
        Diagnosis diagnosis = Diagnosis.of(reading, PolicyTable.empty(), null, null, null, List.of());
        return diagnosis.stages() + " " + diagnosis.behaviours() + " " + diagnosis.accelerator() + "\n"
                + diagnosis.registers().stream()
                        .map(one -> one.register() + " " + one.role() + " " + one.incoming() + " " + one.current() + " "
                                + one.sentence())
                        .toList()
                + "\n"
                + diagnosis.cures().stream()
                        .map(cure ->
                                cure.content().property() + " " + cure.content().register())
                        .toList()
                + "\n" + reading.events() + reading.incomplete();
    }

    private static String eachLine(String log, UnaryOperator<String> form) {
        return log.lines().map(form).collect(Collectors.joining("\n"));
    }

    private static String quoted(String lines) {
        return lines.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
    }

    private static String stripped(String lines) {
        return lines.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private static String cut(String line, int width) {
        return line.replaceAll("(.{" + width + "})(?=.)", "$1\n");
    }

    private static String wrapped(String line, int width, String indent) {
        StringBuilder all = new StringBuilder();
        StringBuilder current = new StringBuilder();
        for (String word : line.split(" ", -1)) {
            if (!current.isEmpty() && current.length() + 1 + word.length() > width) {
                all.append(current).append('\n');
                current.setLength(0);
                current.append(indent);
            } else if (!current.isEmpty()) {
                current.append(' ');
            }
            current.append(word);
        }
        return all.append(current).toString();
    }

    private static String foldedYaml(String log) {
        return "- log: '"
                + log.replace("'", "''")
                        .lines()
                        .map(line -> wrapped(line, 78, "    "))
                        .collect(Collectors.joining("\n\n    "))
                + "'\n";
    }

    private static String escapedYaml(String log) {
        String escaped = log.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "- log: \"" + escaped.replaceAll("(.{76})(?=.)", "$1\\\\\n    ").replaceAll("\n {5}", "\n    \\\\ ")
                + "\"\n";
    }

    private static String json(String log) {
        return "{\"level\":\"error\",\"log\":\""
                + log.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"}";
    }

    private static String html(String log) {
        return log.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }

    private static String quotedPrintable(String log) {
        return "Content-Transfer-Encoding: quoted-printable\n\n"
                + log.lines()
                        .map(line -> line.replace("=", "=3D").replaceAll("(.{70}(?!.?.?$))(?<!=.?)", "$1=\n"))
                        .collect(Collectors.joining("\n"));
    }

    private static String otherCase(String line) {
        String message = line.substring(line.indexOf(": ") + 2);
        if (!line.startsWith(PROGRAM)
                || message.startsWith("handle_")
                || message.startsWith("tolerate_")
                || message.startsWith("warning")) {
            return line;
        }
        char first = message.charAt(0);
        return PROGRAM
                + (Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first))
                + message.substring(1);
    }
}
