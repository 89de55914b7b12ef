package org.migreg.format.migrationstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.migreg.capture.CaptureReading;

/** Reads one file in a JVM whose heap the test bounds, and prints the count of registers. */
final class SmallHeap {

    private SmallHeap() {}

    /** Takes {@code seek FILE}, {@code walk FILE}, or {@code pages FILE OFFSET COUNT}: so many pages put in at the offset. */
    public static void main(String[] arguments) throws IOException {
        MigrationStreamReader reader = new MigrationStreamReader();
        Path file = Path.of(arguments[1]);
        CaptureReading reading = switch (arguments[0]) {
            case "seek" -> {
                try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                    yield reader.read(channel);
                }
            }
            case "walk" -> {
                try (InputStream input = Files.newInputStream(file)) {
                    yield reader.read(input);
                }
            }
            default -> {
                try (InputStream head = Files.newInputStream(file);
                        InputStream tail = Files.newInputStream(file)) {
                    int offset = Integer.parseInt(arguments[2]);
                    tail.skipNBytes(offset);
                    yield reader.read(new SequenceInputStream(Collections.enumeration(List.of(
                            new ByteArrayInputStream(head.readNBytes(offset)),
                            new RepeatedPages(Long.parseLong(arguments[3])),
                            tail))));
                }
            }
        };
        System.out.println("registers " + reading.registers().size());
    }
}
