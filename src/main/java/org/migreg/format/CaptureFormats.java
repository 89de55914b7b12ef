package org.migreg.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.analyzemigration.AnalyzeMigrationReader;
import org.migreg.format.capturejson.CaptureJsonReader;
import org.migreg.format.firecracker.FirecrackerReader;
import org.migreg.format.foreign.ForeignReader;
import org.migreg.format.libvirtsave.LibvirtSaveReader;
import org.migreg.format.migrationstream.MigrationStreamReader;
import org.migreg.format.packed.CannotUnpackException;
import org.migreg.format.packed.Packing;
import org.migreg.format.plaintext.PlainTextReader;
import org.migreg.format.qemulog.QemuLogFormat;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;
import org.migreg.format.selftest.SelftestReader;

/** The formats in which captures come. */
public final class CaptureFormats {

    private static final CaptureFormat STREAMS = new MigrationStreamReader();

    /** In the order in which they are asked: first those that a file's first bytes tell, last those that take the rest. */
    public static final List<CaptureFormat> ALL = List.of(
            STREAMS,
            new LibvirtSaveReader(STREAMS),
            new AnalyzeMigrationReader(),
            new QemuLogFormat(),
            new ForeignReader(),
            new FirecrackerReader(),
            new SelftestReader(),
            new CaptureJsonReader(),
            new PlainTextReader());

    private CaptureFormats() {}

    /** What can be handed in, for people. */
    public static String files() {
        return ALL.stream().map(CaptureFormat::files).collect(Collectors.joining(", "));
    }

    /** Reads what comes in front to back, as {@link #open(Input)} does. */
    public static FileContent open(InputStream content) throws IOException {
        return open(Input.of(content));
    }

    /**
     * Recognises a file's format, packed or not, and reads it.
     *
     * @throws UnreadableCaptureException when it has no known format, or is not what its format asks for
     * @throws IOException when the file cannot be read at all
     */
    public static FileContent open(Input file) throws IOException {
        return ReadingMemory.ofOneFile(() -> opened(file), CaptureFormats::kept);
    }

    private static long kept(FileContent content) {
        return switch (content) {
            case FileContent.Captures captures ->
                captures.readings().stream()
                        .flatMap(reading -> reading.vcpus().stream())
                        .mapToLong(vcpu -> ReadingMemory.toKeep(vcpu.registers().size()))
                        .sum();
            case FileContent.Log log -> ReadingMemory.toParse(log.text());
        };
    }

    private static FileContent opened(Input file) throws IOException {
        file.skipZeros();
        Head head = file.head();
        Packing packing = Packing.of(head.bytes());
        if (packing == null) {
            return read(file, head);
        }
        try (InputStream content = packing.unpack(file.stream())) {
            Input unpacked = Input.of(content);
            return read(unpacked, unpacked.head());
        } catch (CannotUnpackException e) {
            throw new UnreadableCaptureException(packing.toString(), -1, "the file cannot be unpacked: " + e.why());
        }
    }

    private static FileContent read(Input file, Head head) throws IOException {
        if (head.bytes().length == 0) {
            throw new UnreadableCaptureException("unknown", 0, "the file is empty, or holds nothing but zeros");
        }
        for (CaptureFormat format : ALL) {
            if (format.recognises(head)) {
                return format.read(file);
            }
        }
        throw new IllegalStateException("every file is JSON or not");
    }
}
