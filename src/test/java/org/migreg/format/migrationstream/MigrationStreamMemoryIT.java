package org.migreg.format.migrationstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of many GiB, read by a JVM that has 64 MiB of heap for itself and all it does. */
class MigrationStreamMemoryIT {

    private static final long GIBIBYTE = 1L << 30;

    @TempDir
    private Path directory;

    @Test
    void aSparseFileIsReadBySeeking() throws Exception {
        assertThat(inSmallHeap("seek", sparse(20).toString())).contains("registers 267");
    }

    @Test
    void aSparseFileIsReadFrontToBack() throws Exception {
        assertThat(inSmallHeap("walk", sparse(4).toString())).contains("registers 267");
    }

    @Test
    void pagesArePassedOver() throws Exception {
        byte[] stream = SampleStreams.bytes(SampleStreams.KVM);
        Path file = Files.write(directory.resolve("stream"), stream);
        // RAM's last section ends with a word and a footer: pages fit in before both.
        int offset = SampleStreams.endOfRam(stream) - 13;
        String pages = Long.toString(4 * GIBIBYTE / 4096);
        assertThat(inSmallHeap("pages", file.toString(), Integer.toString(offset), pages))
                .contains("registers 267");
    }

    /** The sample with a hole where its RAM was. */
    private Path sparse(int gibibytes) throws IOException {
        byte[] stream = SampleStreams.bytes(SampleStreams.KVM);
        int devices = SampleStreams.endOfRam(stream);
        Path path = directory.resolve("sparse");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(stream, 0, 1000);
            file.setLength(gibibytes * GIBIBYTE);
            file.seek(gibibytes * GIBIBYTE);
            file.write(stream, devices, stream.length - devices);
        }
        return path;
    }

    private static String inSmallHeap(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
