package org.migreg.contract.capture;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.contract.InvalidFieldException;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;

/** Which captures a list shows, as API and pages are asked; null restricts nothing. */
public record CaptureFilter(
        @Parameter(description = "uname -r of the host.", example = "6.12.107+deb13-arm64") @Nullable
        String kernel,

        @Parameter(example = "neoverse-v1") @Nullable String cpuModel,

        @Parameter(schema = @Schema(allowableValues = {"kvm", "tcg"})) @Nullable
        String accelerator,

        @Parameter(example = "qemu-host") @Nullable String vcpuFeatureSet,

        @Parameter(
                description = "Only captures that name this feature, in upper or lower case; pmu takes pmu-v3 too.",
                example = "sve")
        @Nullable
        String feature,

        @Parameter(description = "Only captures that list this register.", example = "TCR2_EL1") @Nullable
        String register) {

    /** Shows all. */
    public static final CaptureFilter NONE = new CaptureFilter(null, null, null, null, null, null);

    /**
     * Whether a capture is shown.
     *
     * @throws InvalidFieldException when kernel, accelerator or register is none
     */
    public Predicate<Capture> wanted() {
        String release =
                read("kernel", kernel, text -> KernelRelease.parse(text).text());
        Accelerator running = read("accelerator", accelerator, Accelerator::parse);
        RegisterId listed = read("register", register, RegisterId::parseLenient);
        String named = feature == null ? null : feature.toLowerCase(Locale.ROOT);
        return capture -> (release == null || isOf(release, capture.kernel()))
                && (cpuModel == null || cpuModel.equals(capture.cpuModel()))
                && (running == null || running == capture.accelerator())
                && (vcpuFeatureSet == null || vcpuFeatureSet.equals(capture.vcpuFeatureSet()))
                && (named == null || hasFeature(capture, named))
                && (listed == null || capture.registers().contains(listed));
    }

    private static <T> @Nullable T read(String field, @Nullable String given, Function<String, T> reader) {
        return given == null ? null : reading(field, given, () -> reader.apply(given));
    }

    private static boolean isOf(String release, @Nullable KernelRelease kernel) {
        return kernel != null && kernel.text().equals(release);
    }

    /** Whether the capture names the feature, with or without what follows a hyphen: its version, or a part of it. */
    private static boolean hasFeature(Capture capture, String asked) {
        return capture.vcpuFeatures().stream()
                .map(feature -> feature.toLowerCase(Locale.ROOT))
                .anyMatch(feature -> feature.equals(asked) || feature.startsWith(asked + "-"));
    }
}
