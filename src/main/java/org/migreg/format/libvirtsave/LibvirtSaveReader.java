package org.migreg.format.libvirtsave;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.domainxml.DomainXml;
import org.migreg.format.packed.CannotUnpackException;
import org.migreg.format.packed.Packing;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.qemu.Accelerator;

/**
 * Reads libvirt's save image: a header, the domain's XML, and QEMU's migration stream, plain, sparse
 * or compressed with gzip, bzip2, xz or zstd; lzop is refused. The stream itself is read by the format
 * that was given at construction, as formats do not know each other. An uncompressed image in a file is read
 * without its RAM.
 *
 * <p>From the XML come the accelerator, the CPU model where it names one, and the machine type where
 * the stream has none; CPU mode and emulator stand in the remarks.
 *
 * <p>Source: libvirt {@code src/qemu/qemu_saveimage.c}.
 */
public final class LibvirtSaveReader implements CaptureFormat {

    /** The name of the format in readings and errors. */
    public static final String FORMAT = "libvirt-save-image";

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+,=-]{0,99}");

    private final CaptureFormat streams;

    /** @param streams reads the migration stream inside */
    public LibvirtSaveReader(CaptureFormat streams) {
        this.streams = streams;
    }

    @Override
    public String name() {
        return FORMAT;
    }

    @Override
    public String files() {
        return "libvirt save images";
    }

    @Override
    public boolean recognises(Head head) {
        return head.beginsWith(SaveHeader.MAGIC) || head.beginsWith(SaveHeader.UNFINISHED);
    }

    @Override
    public FileContent read(Input file) throws IOException {
        InputStream input = file.stream();
        SaveHeader header = SaveHeader.read(input);
        DomainXml domain = domain(input, header);
        long streamAt = SaveHeader.SIZE + (long) header.dataLength();
        Packing packing = header.packing();
        if (packing == null) {
            return new FileContent.Captures(FORMAT, told(stream(file, streamAt), domain));
        }
        try (InputStream unpacked = packing.unpack(input)) {
            return new FileContent.Captures(FORMAT, told(stream(Input.of(unpacked), -1), domain));
        } catch (CannotUnpackException e) {
            throw refused(streamAt, "the stream in the save image cannot be unpacked as " + packing + ": " + e.why());
        }
    }

    private static DomainXml domain(InputStream input, SaveHeader header) throws IOException {
        ReadingMemory.take(ReadingMemory.toParse(header.dataLength()));
        byte[] data = input.readNBytes(header.dataLength());
        if (data.length < header.dataLength()) {
            throw refused(
                    SaveHeader.SIZE + (long) data.length,
                    "the save image ends inside its XML, of which it has " + data.length + " bytes and should have "
                            + header.dataLength());
        }
        int end = 0;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        try {
            // Decoded here, as the JDK's parser prints malformed bytes to the standard error.
            return DomainXml.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, 0, end))
                    .toString());
        } catch (CharacterCodingException e) {
            throw refused(SaveHeader.SIZE, "the domain's XML in the save image is malformed: it is not UTF-8");
        } catch (UnreadableTableException e) {
            throw refused(SaveHeader.SIZE, "the domain's XML in the save image is refused: " + e.getMessage());
        }
    }

    /** @param streamAt where the stream stands in the image; -1 where it is packed */
    private CaptureReading stream(Input stream, long streamAt) throws IOException {
        try {
            return streams.read(stream).captures().readings().getFirst();
        } catch (UnreadableCaptureException e) {
            throw refused(
                    streamAt < 0 || e.position() < 0 ? -1 : streamAt + e.position(),
                    "the migration stream in the save image cannot be read: " + e.getMessage());
        }
    }

    static UnreadableCaptureException refused(long position, String message) {
        return new UnreadableCaptureException(FORMAT, position, message);
    }

    private static CaptureReading told(CaptureReading stream, DomainXml domain) {
        List<String> remarks = new ArrayList<>(stream.remarks());
        remark(remarks, "CPU mode", domain.cpuMode());
        remark(remarks, "CPU model", domain.cpuModel());
        remark(remarks, "emulator", domain.emulator());
        SaidOfHost ofStream = stream.host();
        SaidOfHost ofXml = SaidOfHost.NOTHING
                .with(Fact.CPU_MODEL, word(domain.cpuModel()))
                .with(Fact.ACCELERATOR, accelerator(domain.type()))
                .with(Fact.MACHINE_TYPE, word(domain.machineType()))
                .with(
                        Fact.ORIGIN,
                        domain.name() == null ? null : "libvirt save image of the domain " + brief(domain.name()));
        List<Fact<?>> contradicted = ofXml.contradictedBy(ofStream);
        if (contradicted.contains(Fact.MACHINE_TYPE)) {
            remarks.add("The XML names the machine type " + ofXml.get(Fact.MACHINE_TYPE) + ", the stream "
                    + ofStream.get(Fact.MACHINE_TYPE) + ".");
        }
        if (contradicted.contains(Fact.ACCELERATOR)) {
            remarks.add("The XML names the accelerator " + ofXml.get(Fact.ACCELERATOR)
                    + ", but the register list is one of " + ofStream.get(Fact.ACCELERATOR) + "'s.");
        }
        return new CaptureReading(stream.vcpus(), ofStream.orElse(ofXml), stream.normalisation(), remarks);
    }

    private static void remark(List<String> remarks, String what, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            remarks.add("The XML names the " + what + " " + brief(value) + ".");
        }
    }

    private static @Nullable Accelerator accelerator(@Nullable String domainType) {
        return switch (domainType) {
            case "kvm" -> Accelerator.KVM;
            case "qemu" -> Accelerator.TCG;
            case null, default -> null;
        };
    }

    /** What a capture takes as a word, else null. */
    private static @Nullable String word(@Nullable String value) {
        return value != null && WORD.matcher(value).matches() ? value : null;
    }

    private static String brief(String text) {
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
