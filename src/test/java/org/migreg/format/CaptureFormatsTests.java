package org.migreg.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.capture.Capture;
import org.migreg.format.firecracker.SampleFingerprints;
import org.migreg.format.plaintext.PlainTextWriter;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;
import org.migreg.storage.SeedCaptures;

/** Every sample, unpacked, is recognised by exactly one format, so that the order in which they are asked does not matter. */
class CaptureFormatsTests {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    private Path directory;

    private interface Bytes {
        byte[] read() throws IOException;
    }

    /** A sample and the format that it is of. */
    private record Sample(String name, String format, Bytes bytes) {}

    @TestFactory
    Stream<DynamicTest> exactlyOneFormatRecognises() throws IOException {
        List<Sample> samples = samples();
        assertThat(samples)
                .extracting(Sample::format)
                .containsAll(
                        CaptureFormats.ALL.stream().map(CaptureFormat::name).toList());
        return Stream.concat(samples.stream(), besideTheProject().stream())
                .map(sample -> DynamicTest.dynamicTest(
                        sample.name(),
                        () -> assertThat(recognising(sample.bytes().read())).containsExactly(sample.format())));
    }

    /** The formats with a mark of their own that recognise these bytes, or if none does, those that take the rest. */
    private static List<String> recognising(byte[] bytes) throws IOException {
        Head head = Input.of(new ByteArrayInputStream(bytes)).head();
        Map<Boolean, List<String>> names = new TreeMap<>(Map.of(false, new ArrayList<>(), true, new ArrayList<>()));
        for (CaptureFormat format : CaptureFormats.ALL) {
            if (format.recognises(head)) {
                names.get(format.takesTheRest()).add(format.name());
            }
        }
        return names.get(false).isEmpty() ? names.get(true) : names.get(false);
    }

    @Test
    void whatTakesTheRestIsAskedLast() {
        assertThat(CaptureFormats.ALL).extracting(CaptureFormat::takesTheRest).isSorted();
    }

    @Test
    void aFileIsReadAlikeFrontToBackAndByPlace() throws IOException {
        for (Sample sample : samples().stream()
                .filter(each -> each.name().matches(".*(tcg-qemu7.2-virt-7.2-cortex-a57.mig|(raw|zstd).save).gz"))
                .toList()) {
            Path file = directory.resolve("file");
            Files.write(file, new byte[100_000]);
            Files.write(file, sample.bytes().read(), StandardOpenOption.APPEND);
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                assertThat(CaptureFormats.open(Input.of(channel)))
                        .as(sample.name())
                        .isInstanceOf(FileContent.Captures.class)
                        .isEqualTo(CaptureFormats.open(new ByteArrayInputStream(Files.readAllBytes(file))));
            }
        }
    }

    @Test
    void everyFormatHasItsRowForPeople() throws IOException {
        String rows = Files.readString(Path.of("docs/capture-formats.md"));
        for (CaptureFormat format : CaptureFormats.ALL) {
            assertThat(rows).contains("\n| `" + format.name() + "`");
            assertThat(CaptureFormats.files()).contains(format.files());
        }
    }

    @Test
    void whatNoFormatKnowsIsTakenByExactlyOne() throws IOException {
        for (String text : List.of("sun and sea", "{}", "{\"a\": 1}", "[]", "{", "\0\1\2", "# none")) {
            assertThat(recognising(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .hasSize(1);
        }
    }

    private static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        add(samples, RESOURCES.resolve("streams"), ".mig.gz", "qemu-migration-stream");
        add(samples, RESOURCES.resolve("libvirt"), ".save.gz", "libvirt-save-image");
        add(samples, RESOURCES.resolve("analyze-migration"), ".json.gz", "qemu-analyze-migration");
        add(samples, RESOURCES.resolve("logs"), ".txt", "qemu-log");
        add(samples, RESOURCES.resolve("selftest"), ".txt", "kvm-selftest");
        add(samples, Path.of("db/seed/captures"), ".json", "migreg-json");
        for (String host : SampleFingerprints.HOSTS) {
            samples.add(new Sample(host, "firecracker", () -> SampleFingerprints.fingerprint(host)));
        }
        add(samples, RESOURCES.resolve("foreign"), ".txt", "foreign");
        add(samples, RESOURCES.resolve("foreign"), ".json", "foreign");
        Capture seed = SeedCaptures.all().getFirst();
        samples.add(new Sample(
                "an export as text",
                "plain-text",
                () -> PlainTextWriter.write(seed).getBytes(StandardCharsets.UTF_8)));
        add(
                samples,
                RESOURCES.resolve("org/migreg/format/plaintext/PlainTextFuzzTestsInputs/noInputBreaksTheReader"),
                ".txt",
                "plain-text");
        return samples;
    }

    /** Further samples, which may not be copied into the project or are too many, where they are at hand. */
    private static List<Sample> besideTheProject() throws IOException {
        Path shared = Path.of(System.getProperty("migreg.shared", "../shared"));
        List<Sample> samples = new ArrayList<>();
        if (Files.isDirectory(shared)) {
            add(samples, shared.resolve("samples/streams"), ".mig", "qemu-migration-stream");
            add(samples, shared.resolve("samples/logs"), ".txt", "qemu-log");
            add(samples, shared.resolve("captures"), ".json", "migreg-json");
            add(samples, shared.resolve("third-party/firecracker"), ".json", "firecracker");
        }
        return samples;
    }

    private static void add(List<Sample> samples, Path directory, String ending, String format) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> ofFormat = files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
            assertThat(ofFormat).as("samples in " + directory).isNotEmpty();
            ofFormat.forEach(file -> samples.add(new Sample(file.toString(), format, () -> unpacked(file))));
        }
    }

    private static byte[] unpacked(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readAllBytes(file);
        }
        try (InputStream content = new GZIPInputStream(Files.newInputStream(file))) {
            return content.readAllBytes();
        }
    }
}
