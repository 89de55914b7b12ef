package org.migreg.format.libvirtsave;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.libvirtsave.SaveHeader.Form;
import org.migreg.qemu.Accelerator;

/**
 * Reads libvirt's save image: a header, the domain's XML, and QEMU's migration stream, plain, sparse
 * or compressed with gzip, bzip2, xz or zstd; lzop is refused. The stream itself is read by whoever
 * was given at construction, as formats do not know each other.
 *
 * <p>From the XML come the accelerator, the CPU model where it names one, and the machine type where
 * the stream has none; CPU mode and emulator stand in the remarks.
 *
 * <p>Source: libvirt {@code src/qemu/qemu_saveimage.c}.
 */
public final class LibvirtSaveReader {

    /** The name of the format in readings and errors. */
    public static final String FORMAT = "libvirt-save-image";

    /** How many bytes {@link #recognises} needs. */
    public static final int SIGNATURE_LENGTH = 16;

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+,=-]{0,99}");

    /** Reads the migration stream inside, throwing {@link UnreadableCaptureException} where it is none. */
    public interface StreamReading {

        /** Reads front to back. */
        CaptureReading read(InputStream input) throws IOException;

        /** Reads from the channel's position to its end. */
        CaptureReading read(SeekableByteChannel channel) throws IOException;
    }

    private final StreamReading streams;

    public LibvirtSaveReader(StreamReading streams) {
        this.streams = streams;
    }

    /** Whether a file that begins so is a save image, be it an unfinished one. */
    public boolean recognises(byte[] beginning) {
        if (beginning.length < SIGNATURE_LENGTH) {
            return false;
        }
        String magic = new String(beginning, 0, SIGNATURE_LENGTH, StandardCharsets.ISO_8859_1);
        return magic.equals(SaveHeader.MAGIC) || magic.equals("LibvirtQemudPart");
    }

    /**
     * Reads an image that stands in a file from the channel's position to its end. An uncompressed one
     * is read without its RAM. Leaves the channel anywhere.
     *
     * @throws UnreadableCaptureException when it is no such image
     * @throws IOException when the channel fails
     */
    public CaptureReading read(SeekableByteChannel channel) throws IOException {
        long start = channel.position();
        InputStream input = Channels.newInputStream(channel);
        try {
            SaveHeader header = SaveHeader.read(input);
            SavedDomain domain = domain(input, header);
            long streamAt = SaveHeader.SIZE + (long) header.dataLength();
            return switch (header.form()) {
                case RAW, SPARSE -> {
                    channel.position(start + streamAt);
                    yield told(inside(() -> streams.read(channel), streamAt), domain);
                }
                case GZIP, BZIP2, XZ, LZOP, ZSTD -> told(unpacked(input, header, streamAt), domain);
            };
        } catch (ImageFault fault) {
            throw new UnreadableCaptureException(FORMAT, fault.position(), fault.sentence());
        }
    }

    /**
     * Reads an image front to back.
     *
     * @throws UnreadableCaptureException when it is no such image
     * @throws IOException when the input fails
     */
    public CaptureReading read(InputStream input) throws IOException {
        try {
            SaveHeader header = SaveHeader.read(input);
            SavedDomain domain = domain(input, header);
            long streamAt = SaveHeader.SIZE + (long) header.dataLength();
            return switch (header.form()) {
                case RAW, SPARSE -> told(inside(() -> streams.read(input), streamAt), domain);
                case GZIP, BZIP2, XZ, LZOP, ZSTD -> told(unpacked(input, header, streamAt), domain);
            };
        } catch (ImageFault fault) {
            throw new UnreadableCaptureException(FORMAT, fault.position(), fault.sentence());
        }
    }

    private static SavedDomain domain(InputStream input, SaveHeader header) throws IOException, ImageFault {
        ReadingMemory.take(ReadingMemory.toParse(header.dataLength()));
        byte[] data = input.readNBytes(header.dataLength());
        if (data.length < header.dataLength()) {
            throw new ImageFault(
                    SaveHeader.SIZE + (long) data.length,
                    "the save image ends inside its XML, of which it has " + data.length + " bytes and should have "
                            + header.dataLength());
        }
        int end = 0;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        return SavedDomain.parse(Arrays.copyOf(data, end), SaveHeader.SIZE);
    }

    @FunctionalInterface
    private interface Inner {
        CaptureReading read() throws IOException;
    }

    private static CaptureReading inside(Inner inner, long streamAt) throws IOException, ImageFault {
        try {
            return inner.read();
        } catch (UnreadableCaptureException e) {
            throw new ImageFault(
                    streamAt < 0 || e.position() < 0 ? -1 : streamAt + e.position(),
                    "the migration stream in the save image cannot be read: " + e.getMessage());
        }
    }

    private CaptureReading unpacked(InputStream input, SaveHeader header, long streamAt) throws ImageFault {
        Form form = header.form();
        try (Expansion expansion = Expansion.of(input, form)) {
            return inside(() -> streams.read(expansion), -1);
        } catch (IOException e) {
            throw new ImageFault(
                    streamAt,
                    "the stream in the save image cannot be unpacked as "
                            + form.name().toLowerCase(Locale.ROOT) + ": "
                            + (e.getMessage() == null ? "it ends too soon" : e.getMessage()));
        }
    }

    private static CaptureReading told(CaptureReading stream, SavedDomain domain) {
        List<String> remarks = new ArrayList<>(stream.remarks());
        remark(remarks, "CPU mode", domain.cpuMode());
        remark(remarks, "CPU model", domain.cpuModel());
        remark(remarks, "emulator", domain.emulator());
        String ofXml = word(domain.machineType());
        String machineType = stream.machineType() == null ? ofXml : stream.machineType();
        if (ofXml != null && machineType != null && !ofXml.equals(machineType)) {
            remarks.add("The XML names the machine type " + ofXml + ", the stream " + machineType + ".");
        }
        Accelerator accelerator = accelerator(domain.type());
        if (accelerator == null) {
            accelerator = stream.accelerator();
        } else if (stream.accelerator() != null && stream.accelerator() != accelerator) {
            remarks.add("The XML names the accelerator " + accelerator + ", but the register list is one of "
                    + stream.accelerator() + "'s.");
            accelerator = stream.accelerator();
        }
        return new CaptureReading(
                FORMAT,
                stream.vcpus(),
                stream.kernelRelease(),
                stream.kernelPackage(),
                word(domain.cpuModel()),
                stream.midr(),
                accelerator,
                stream.qemu(),
                machineType,
                stream.vcpuFeatureSet(),
                stream.vcpuFeatures(),
                stream.masks(),
                stream.hardwareNv(),
                domain.name() == null ? null : "libvirt save image of the domain " + brief(domain.name()),
                stream.droppedCore(),
                stream.droppedSve(),
                stream.repeated(),
                remarks);
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
