package org.migreg.question.intake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.AcceleratorEvidence;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.analyzemigration.AnalyzeMigrationReader;
import org.migreg.format.capturejson.CaptureJsonReader;
import org.migreg.format.firecracker.FirecrackerReader;
import org.migreg.format.libvirtsave.LibvirtSaveReader;
import org.migreg.format.libvirtsave.PackedFile;
import org.migreg.format.migrationstream.MigrationStreamReader;
import org.migreg.format.plaintext.PlainTextReader;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.format.selftest.SelftestReader;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/** Reads files of any known format and makes captures of them. Stateless. */
public final class CaptureIntake {

    /** How much of a file is looked at to recognise it. */
    private static final int PEEKED = 64 << 10;

    /** The largest text or JSON; migration streams are read as they come and have no such bound. */
    private static final int LARGEST_TEXT = 16 << 20;

    private static final long KEPT_OF_AN_EVENT = 1 << 10;

    private static final Pattern FIRECRACKER =
            Pattern.compile("\"(guest_cpu_config|reg_modifiers|vcpu_features|kvm_capabilities)\"");
    private static final Pattern SELFTEST =
            Pattern.compile("ARM64_SYS_REG\\(|KVM_REG_ARM64 *\\||KVM_REG_ARM_FW_REG\\(");

    /** What QEMU prints of a load that fails; the ids in it are of the registers that did not fit, not a host's list. */
    private static final Pattern LOG =
            Pattern.compile("load of migration failed|_in_incoming_stream|cpu_post_load_|cpreg_vmstate_array_len"
                    + "|Could not set register|egister in input stream|Failed to put registers after"
                    + "|Invalid value -?\\d+ expecting positive value");

    /** JSON itself, and no text whose first word stands in braces or brackets: a C array, a line with a timestamp. */
    private static final Pattern JSON = Pattern.compile("\\s*(?:\\{\\s*(?:[\"}]|$)|\\[\\s*(?:[{\\]]|$))");

    /** The first devices that QEMU's script prints, whatever comes after them. */
    private static final Pattern ANALYZED =
            Pattern.compile("^\\s*\\{\\s*\"[^\"]{1,100} \\(\\d+\\)\"|\"cpu \\(\\d+\\)\"");

    private static final MigrationStreamReader STREAMS = new MigrationStreamReader();
    private static final LibvirtSaveReader SAVE_IMAGES = new LibvirtSaveReader(new LibvirtSaveReader.StreamReading() {
        @Override
        public CaptureReading read(InputStream input) throws IOException {
            return STREAMS.read(input);
        }

        @Override
        public CaptureReading read(SeekableByteChannel channel) throws IOException {
            return STREAMS.read(channel);
        }
    });
    private static final AnalyzeMigrationReader ANALYZED_MIGRATIONS = new AnalyzeMigrationReader();

    private CaptureIntake() {}

    /**
     * Reads the captures of a file.
     *
     * @throws UnreadableCaptureException when it has no known format, is not what its format asks for, or is the log
     *     of a migration
     * @throws IOException when the file cannot be read at all
     */
    public static List<CaptureReading> read(InputStream content) throws IOException {
        return switch (open(content)) {
            case FileContent.Captures captures -> captures.readings();
            case FileContent.Log log ->
                throw new UnreadableCaptureException(
                        QemuLogReader.FORMAT,
                        -1,
                        "this is what QEMU printed of a migration, which names the registers that did not fit and no"
                                + " host's list: post it under /api/v1/diagnoses");
        };
    }

    /**
     * Recognises a file's format and reads it, be it captures or the log of a migration.
     *
     * @throws UnreadableCaptureException when it has no known format, or is not what its format asks for
     * @throws IOException when the file cannot be read at all
     */
    public static FileContent open(InputStream content) throws IOException {
        return ReadingMemory.ofOneFile(() -> opened(content), CaptureIntake::kept);
    }

    private static long kept(FileContent content) {
        return switch (content) {
            case FileContent.Captures captures ->
                captures.readings().stream()
                        .flatMap(reading -> reading.vcpus().stream())
                        .mapToLong(vcpu -> ReadingMemory.toKeep(vcpu.registers().size()))
                        .sum();
            case FileContent.Log log -> KEPT_OF_AN_EVENT * log.log().events().size();
        };
    }

    private static FileContent opened(InputStream content) throws IOException {
        BufferedInputStream buffered = afterZeros(content);
        byte[] head = head(buffered);
        return PackedFile.recognises(head)
                ? PackedFile.unpack(buffered, head, CaptureIntake::unpacked)
                : unpacked(buffered);
    }

    private static byte[] head(BufferedInputStream content) throws IOException {
        content.mark(PEEKED);
        byte[] head = content.readNBytes(PEEKED);
        content.reset();
        return head;
    }

    /** A stream may begin at an offset of its file, with a hole before it; no format begins with zeros. */
    private static BufferedInputStream afterZeros(InputStream content) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(content, PEEKED);
        int zeros;
        int length;
        do {
            byte[] block = head(buffered);
            length = block.length;
            zeros = 0;
            while (zeros < length && block[zeros] == 0) {
                zeros++;
            }
            buffered.skipNBytes(zeros);
        } while (zeros > 0 && zeros == length);
        return buffered;
    }

    private static FileContent unpacked(InputStream content) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(content, PEEKED);
        byte[] head = head(buffered);
        if (head.length == 0) {
            throw new UnreadableCaptureException("unknown", 0, "the file is empty, or holds nothing but zeros");
        }
        if (STREAMS.recognises(head)) {
            return captures(STREAMS.read(buffered));
        }
        if (SAVE_IMAGES.recognises(head)) {
            return captures(SAVE_IMAGES.read(buffered));
        }
        String start = new String(head, StandardCharsets.UTF_8);
        if (start.stripLeading().startsWith("{") && ANALYZED.matcher(start).find()) {
            return captures(ANALYZED_MIGRATIONS.read(buffered));
        }
        return ofText(withoutMark(text(buffered)));
    }

    /** A text, of which the beginning is enough where it is too large. */
    private static byte[] text(InputStream content) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (text.size() <= LARGEST_TEXT) {
            byte[] block = content.readNBytes(PEEKED);
            if (block.length == 0) {
                break;
            }
            ReadingMemory.take(ReadingMemory.toParse(block, 0, block.length));
            text.write(block, 0, block.length);
        }
        return text.toByteArray();
    }

    private static FileContent captures(CaptureReading reading) {
        return new FileContent.Captures(List.of(reading));
    }

    private static FileContent ofText(byte[] content) {
        if (content.length > LARGEST_TEXT) {
            throw new UnreadableCaptureException(
                    "unknown", LARGEST_TEXT, "a text or JSON of captures has at most 16 MiB; this one is larger");
        }
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.indexOf('\0') < 0 && LOG.matcher(text).find()) {
            return new FileContent.Log(QemuLogReader.read(content));
        }
        if (JSON.matcher(text).lookingAt()) {
            return FIRECRACKER.matcher(text).find()
                    ? captures(FirecrackerReader.read(content))
                    : new FileContent.Captures(CaptureJsonReader.read(content));
        }
        return captures(SELFTEST.matcher(text).find() ? SelftestReader.read(content) : PlainTextReader.read(content));
    }

    /** The text as UTF-8 without a byte order mark, which Windows' tools put in front; they also write UTF-16. */
    private static byte[] withoutMark(byte[] content) {
        int first = content.length < 2 ? 0 : (content[0] & 0xff) << 8 | content[1] & 0xff;
        if (first == 0xfeff || first == 0xfffe) {
            return new String(content, StandardCharsets.UTF_16).getBytes(StandardCharsets.UTF_8);
        }
        boolean marked = first == 0xefbb && content.length > 2 && (content[2] & 0xff) == 0xbf;
        return marked ? Arrays.copyOfRange(content, 3, content.length) : content;
    }

    /**
     * Makes a capture of a reading, with what the caller says where the file says nothing.
     *
     * @throws IllegalArgumentException when the parts do not make a capture, such as a malformed kernel
     *     release
     */
    public static Capture capture(CaptureReading reading, IntakeMetadata metadata) {
        String kernelRelease = either(reading.kernelRelease(), metadata.kernelRelease());
        String kernelPackage = either(reading.kernelPackage(), metadata.kernelPackage());
        KernelRelease kernel = kernelRelease == null ? null : kernel(kernelRelease, kernelPackage);
        List<String> features = reading.vcpuFeatures().isEmpty() && metadata.vcpuFeatures() != null
                ? metadata.vcpuFeatures()
                : reading.vcpuFeatures();
        RegisterList registers = reading.registers();
        return new Capture(
                registers,
                kernel,
                kernelPackage,
                either(reading.cpuModel(), metadata.cpuModel()),
                reading.midr() != null ? reading.midr() : midr(registers),
                Objects.requireNonNullElse(
                        either(reading.accelerator(), metadata.accelerator()), accelerator(registers)),
                either(reading.qemu(), metadata.qemu()),
                either(reading.machineType(), metadata.machineType()),
                either(reading.vcpuFeatureSet(), metadata.vcpuFeatureSet()),
                features,
                reading.masks(),
                either(reading.hardwareNv(), metadata.hardwareNv()),
                Objects.requireNonNullElse(either(reading.origin(), metadata.origin()), "read as " + reading.format()));
    }

    /** What the caller says otherwise than the file, which is not taken: a sentence for each. */
    public static List<String> overruled(CaptureReading reading, IntakeMetadata metadata) {
        List<String> sentences = new ArrayList<>();
        overruled("kernel", reading.kernelRelease(), metadata.kernelRelease(), sentences);
        overruled("package", reading.kernelPackage(), metadata.kernelPackage(), sentences);
        overruled("CPU model", reading.cpuModel(), metadata.cpuModel(), sentences);
        overruled("accelerator", reading.accelerator(), metadata.accelerator(), sentences);
        overruled("QEMU", reading.qemu(), metadata.qemu(), sentences);
        overruled("machine type", reading.machineType(), metadata.machineType(), sentences);
        overruled("vCPU feature set", reading.vcpuFeatureSet(), metadata.vcpuFeatureSet(), sentences);
        overruled(
                "vCPU features",
                reading.vcpuFeatures().isEmpty() ? null : Set.copyOf(reading.vcpuFeatures()),
                metadata.vcpuFeatures() == null ? null : Set.copyOf(metadata.vcpuFeatures()),
                sentences);
        overruled("hardware NV", reading.hardwareNv(), metadata.hardwareNv(), sentences);
        return sentences;
    }

    private static void overruled(
            String what, @Nullable Object ofTheFile, @Nullable Object ofTheCaller, List<String> sentences) {
        if (ofTheFile != null && ofTheCaller != null && !ofTheFile.equals(ofTheCaller)) {
            sentences.add("The file says " + what + " " + ofTheFile + ", so what the request says, " + ofTheCaller
                    + ", was not taken.");
        }
    }

    /** A package that belongs to another kernel is a mistake of the caller; one that tells nothing is kept as text. */
    private static KernelRelease kernel(String release, @Nullable String kernelPackage) {
        return KernelRelease.parse(release, kernelPackage);
    }

    private static <T> @Nullable T either(@Nullable T ofTheFile, @Nullable T ofTheCaller) {
        return ofTheFile != null ? ofTheFile : ofTheCaller;
    }

    private static @Nullable Long midr(RegisterList registers) {
        var value = registers.valueOf(new RegisterId(0x6030_0000_0013_c000L));
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static Accelerator accelerator(RegisterList registers) {
        return Objects.requireNonNullElse(AcceleratorEvidence.of(registers), Accelerator.KVM);
    }
}
