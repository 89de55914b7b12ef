package org.migreg.check.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.AcceleratorEvidence;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.analyzemigration.AnalyzeMigrationReader;
import org.migreg.format.capturejson.CaptureJsonReader;
import org.migreg.format.firecracker.FirecrackerReader;
import org.migreg.format.libvirtsave.LibvirtSaveReader;
import org.migreg.format.migrationstream.MigrationStreamReader;
import org.migreg.format.plaintext.PlainTextReader;
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

    private static final Pattern FIRECRACKER =
            Pattern.compile("\"(guest_cpu_config|reg_modifiers|vcpu_features|kvm_capabilities)\"");
    private static final Pattern SELFTEST =
            Pattern.compile("ARM64_SYS_REG\\(|KVM_REG_ARM64 *\\||KVM_REG_ARM_FW_REG\\(");

    /** What QEMU prints of a load that fails; the ids in it are of the registers that did not fit, not a host's list. */
    private static final Pattern LOG = Pattern.compile(
            "load of migration failed|_in_incoming_stream|cpu_post_load_|cpreg_vmstate|Could not set register");

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
     * @throws UnreadableCaptureException when it has no known format, or is not what its format asks for
     * @throws IOException when the file cannot be read at all
     */
    public static List<CaptureReading> read(InputStream content) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(content, PEEKED);
        buffered.mark(PEEKED);
        byte[] head = buffered.readNBytes(PEEKED);
        buffered.reset();
        if (head.length == 0) {
            throw new UnreadableCaptureException("unknown", 0, "the file is empty");
        }
        if (STREAMS.recognises(head)) {
            return List.of(STREAMS.read(buffered));
        }
        if (SAVE_IMAGES.recognises(head)) {
            return List.of(SAVE_IMAGES.read(buffered));
        }
        String start = new String(head, StandardCharsets.UTF_8);
        if (start.stripLeading().startsWith("{") && ANALYZED.matcher(start).find()) {
            return List.of(ANALYZED_MIGRATIONS.read(buffered));
        }
        return readText(start, buffered);
    }

    private static List<CaptureReading> readText(String start, InputStream content) throws IOException {
        byte[] whole = content.readNBytes(LARGEST_TEXT + 1);
        if (whole.length > LARGEST_TEXT) {
            throw new UnreadableCaptureException(
                    "unknown", LARGEST_TEXT, "a text or JSON of captures has at most 16 MiB; this one is larger");
        }
        String trimmed = start.stripLeading();
        if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
            return FIRECRACKER.matcher(start).find()
                    ? List.of(FirecrackerReader.read(whole))
                    : CaptureJsonReader.read(whole);
        }
        if (SELFTEST.matcher(start).find()) {
            return List.of(SelftestReader.read(whole));
        }
        if (LOG.matcher(start).find()) {
            throw new UnreadableCaptureException(
                    "qemu-log",
                    -1,
                    "this is what QEMU printed of a migration, which names the registers that did not fit and no"
                            + " host's list: post it under /api/v1/diagnoses");
        }
        return List.of(PlainTextReader.read(whole));
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
