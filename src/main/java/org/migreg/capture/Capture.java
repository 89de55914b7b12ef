package org.migreg.capture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.Hex;
import org.migreg.register.KnownRegisters;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.Text;
import org.migreg.register.WholeList;
import org.migreg.register.WritableMasks;

/**
 * The register list of one host (or one saved guest) and what is known of where it came from.
 *
 * <p>Its id is the digest of its canonical text: kernel, package, CPU model, accelerator, QEMU,
 * machine type, vCPU features, and each register with its value. Two hosts of one kind therefore
 * give one capture. The values of counters, which never stand still, are left out of it; so are the
 * attributes below that do not make a list another one (MIDR, masks, hardware NV, origin).
 *
 * @param registers normalised; at least one
 * @param kernel the host kernel; null where not known, and always for TCG
 * @param kernelPackage the kernel's package as given, such as {@code Debian linux 6.12.107-1}
 * @param cpuModel the host's CPU model, such as {@code neoverse-v1}
 * @param midr MIDR_EL1 of the host
 * @param vcpuFeatureSet a name for the features a vCPU was asked for: {@code qemu-host} is what
 *     {@code -cpu host} asks for
 * @param vcpuFeatures what the vCPU has
 * @param masks the kernel's writable masks
 * @param hardwareNv the hardware's ID_AA64MMFR2_EL1.NV, 0 to 15
 * @param origin how the list was taken, in words
 * @param cpu what guest CPU QEMU was given; null where nobody says
 */
public record Capture(
        RegisterList registers,
        @Nullable KernelRelease kernel,
        @Nullable String kernelPackage,
        @Nullable String cpuModel,
        @Nullable Long midr,
        Accelerator accelerator,
        @Nullable QemuVersion qemu,
        @Nullable String machineType,
        @Nullable String vcpuFeatureSet,
        List<String> vcpuFeatures,
        @Nullable WritableMasks masks,
        @Nullable Integer hardwareNv,
        String origin,
        @Nullable CpuOptions cpu) {

    /** The vCPU feature set that QEMU asks for with {@code -cpu host}. */
    public static final String QEMU_HOST = "qemu-host";

    private static final Set<RegisterId> COUNTERS = Set.of(KnownRegisters.VIRTUAL_COUNT, KnownRegisters.PHYSICAL_COUNT);

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+,=-]{0,99}");
    private static final int LONGEST_TEXT = 1000;

    public Capture {
        if (registers.isEmpty()) {
            throw new IllegalArgumentException("a capture has at least one register; this one has none");
        }
        word("cpuModel", cpuModel);
        word("vcpuFeatureSet", vcpuFeatureSet);
        word("machineType", machineType);
        for (String feature : vcpuFeatures) {
            requireWord("vcpuFeatures", feature);
        }
        if (vcpuFeatures.size() > 50) {
            throw new IllegalArgumentException(
                    "vcpuFeatures has " + vcpuFeatures.size() + " elements; at most 50 are taken");
        }
        vcpuFeatures = List.copyOf(new TreeSet<>(vcpuFeatures));
        if (kernelPackage != null && (kernelPackage.isBlank() || kernelPackage.length() > 200)) {
            throw new IllegalArgumentException("package has 1 to 200 characters, such as 'Debian linux 6.12.107-1'");
        }
        if (hardwareNv != null) {
            requireHardwareNv(hardwareNv);
        }
        if (origin.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("source is longer than " + LONGEST_TEXT + " characters");
        }
    }

    private static void word(String field, @Nullable String value) {
        if (value != null) {
            requireWord(field, value);
        }
    }

    /**
     * A name as captures have them.
     *
     * @return the same
     * @throws IllegalArgumentException naming the field, when it is no such name
     */
    public static String requireWord(String field, String value) {
        if (!WORD.matcher(value).matches()) {
            throw new IllegalArgumentException("the " + field + " '"
                    + Text.shortened(value)
                    + "' is malformed: write 1 to 100 letters, digits or . _ + , = -, beginning with a letter or digit,"
                    + " such as neoverse-v1");
        }
        return value;
    }

    /**
     * ID_AA64MMFR2_EL1.NV of hardware.
     *
     * @return the same
     * @throws IllegalArgumentException when it has more than four bits
     */
    public static int requireHardwareNv(int value) {
        if (value < 0 || value > 15) {
            throw new IllegalArgumentException("hardwareNv is " + value
                    + ", which must be 0 to 15: it is the four bits [27:24] of the hardware's ID_AA64MMFR2_EL1");
        }
        return value;
    }

    /** Why this cannot be all that a KVM host lists: half a sentence, or null where nothing speaks against it. */
    public @Nullable String whyNotWhole() {
        return accelerator == Accelerator.KVM
                ? kernel == null
                        ? WholeList.whyItIsNot(registers, 0, 0)
                        : WholeList.whyItIsNot(
                                registers, kernel.base().major(), kernel.base().minor())
                : null;
    }

    /**
     * Whether it is said that the guest has EL2; the list shows it, too. The collector's features are those that the host
     * offers, and its feature set tells which of them the vCPU has.
     */
    public boolean hasEl2() {
        return cpu != null && cpu.hasEl2() || saysEl2(vcpuFeatureSet, vcpuFeatures);
    }

    /** Whether a vCPU of this feature set and these features has EL2. */
    public static boolean saysEl2(@Nullable String vcpuFeatureSet, List<String> vcpuFeatures) {
        return vcpuFeatures.contains("has_el2")
                || (vcpuFeatureSet == null ? vcpuFeatures.contains("el2") : vcpuFeatureSet.contains("el2"));
    }

    /** Whether the register counts and never stands still: its value says nothing of the host. */
    public static boolean isCounter(RegisterId register) {
        return COUNTERS.contains(register);
    }

    /** The id of this capture; computed anew at each call. */
    public CaptureId id() {
        return digest(identity() + listText());
    }

    /** The digest of the register list alone: equal for hosts of different kernels that list the same. */
    public CaptureId listDigest() {
        return digest(listText());
    }

    private String identity() {
        return "migreg-capture 1\n"
                + line("kernelRelease", kernel == null ? null : kernel.text())
                + line("package", kernelPackage)
                + line("cpuModel", cpuModel)
                + line("accelerator", accelerator.toString())
                + line("qemu", qemu == null ? null : qemu.text())
                + line("machineType", machineType)
                + line("vcpuFeatureSet", vcpuFeatureSet)
                + line("vcpuFeatures", String.join(",", vcpuFeatures))
                // Ids of captures that do not say it stay as they were.
                + (cpu == null ? "" : line("cpu", cpu.toString()));
    }

    private static String line(String name, @Nullable String value) {
        return name + " " + (value == null ? "-" : value) + "\n";
    }

    private String listText() {
        StringBuilder text = new StringBuilder(registers.size() * 30);
        for (int i = 0; i < registers.size(); i++) {
            RegisterId id = registers.registerAt(i);
            text.append(id);
            if (registers.hasValueAt(i) && !COUNTERS.contains(id)) {
                text.append(' ').append(Hex.number(registers.valueAt(i)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static CaptureId digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new CaptureId("sha256:" + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
