package org.migreg.contract.capture;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.contract.InvalidFieldException;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;

/** What a caller says of the host whose captures he hands in, as written; null leaves it to the files. */
public record HostFacts(
        @Parameter(
                description = "uname -r of the host, where the file does not say it.",
                example = "6.12.107+deb13-arm64")
        @Nullable
        String kernel,

        @Parameter(description = "The kernel's package or uname -v, where the file does not say it.") @Nullable
        String kernelPackage,

        @Parameter(example = "neoverse-v1") @Nullable String cpuModel,

        @Parameter(schema = @Schema(allowableValues = {"kvm", "tcg"})) @Nullable
        String accelerator,

        @Parameter(example = "11.1.3") @Nullable String qemu,
        @Parameter(example = "virt-10.1") @Nullable String machineType,
        @Parameter(example = "qemu-host") @Nullable String vcpuFeatureSet,
        @Nullable List<String> vcpuFeatures,

        @Parameter(schema = @Schema(type = "integer", minimum = "0", maximum = "15")) @Nullable
        String hardwareNv,

        @Parameter(description = "How the list was taken.") @Nullable
        String source) {

    /** Leaves everything to the files. */
    public static final HostFacts NONE = new HostFacts(null, null, null, null, null, null, null, null, null, null);

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** @param refused is told of each fact that cannot be read, and may throw it */
    public SaidOfHost said(Consumer<InvalidFieldException> refused) {
        return SaidOfHost.NOTHING
                .with(
                        Fact.KERNEL_RELEASE,
                        read("kernel", kernel, text -> KernelRelease.parse(text).text(), refused))
                .with(Fact.KERNEL_PACKAGE, kernelPackage)
                .with(Fact.CPU_MODEL, word("cpuModel", cpuModel, refused))
                .with(Fact.ACCELERATOR, read("accelerator", accelerator, Accelerator::parse, refused))
                .with(Fact.QEMU, read("qemu", qemu, QemuVersion::parse, refused))
                .with(Fact.MACHINE_TYPE, word("machineType", machineType, refused))
                .with(Fact.VCPU_FEATURE_SET, word("vcpuFeatureSet", vcpuFeatureSet, refused))
                .with(Fact.VCPU_FEATURES, read("vcpuFeatures", features(), HostFacts::words, refused))
                .with(Fact.HARDWARE_NV, read("hardwareNv", hardwareNv, HostFacts::hardwareNv, refused))
                .with(Fact.ORIGIN, source);
    }

    /** In one text, as they are typed; null where none is given. */
    public @Nullable String features() {
        return vcpuFeatures == null || vcpuFeatures.isEmpty() ? null : String.join(" ", vcpuFeatures);
    }

    private static Set<String> words(String features) {
        return BLANKS.splitAsStream(features)
                .map(feature -> Capture.requireWord("vcpuFeatures", feature))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int hardwareNv(String text) {
        try {
            return Capture.requireHardwareNv(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no number: write 0 to 15, the four bits [27:24] of the hardware's ID_AA64MMFR2_EL1",
                    notANumber);
        }
    }

    private static @Nullable String word(
            String field, @Nullable String given, Consumer<InvalidFieldException> refused) {
        return read(field, given, text -> Capture.requireWord(field, text), refused);
    }

    private static <T> @Nullable T read(
            String field, @Nullable String given, Function<String, T> reader, Consumer<InvalidFieldException> refused) {
        try {
            return given == null ? null : InvalidFieldException.reading(field, given, () -> reader.apply(given));
        } catch (InvalidFieldException notReadable) {
            refused.accept(notReadable);
            return null;
        }
    }
}
