package org.migreg.dashboard.captures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.SaidOfHost;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;

/**
 * What a person says of the files that are uploaded, as typed; empty leaves it to the files.
 *
 * @param vcpuFeatures separated by commas or blanks
 * @param reason for the revision
 */
public record UploadForm(
        String kernel,
        String kernelPackage,
        String cpuModel,
        String accelerator,
        String qemu,
        String machineType,
        String vcpuFeatureSet,
        String vcpuFeatures,
        String hardwareNv,
        String source,
        String reason) {

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");

    public UploadForm(
            @Nullable String kernel,
            @Nullable String kernelPackage,
            @Nullable String cpuModel,
            @Nullable String accelerator,
            @Nullable String qemu,
            @Nullable String machineType,
            @Nullable String vcpuFeatureSet,
            @Nullable String vcpuFeatures,
            @Nullable String hardwareNv,
            @Nullable String source,
            @Nullable String reason) {
        this.kernel = typed(kernel);
        this.kernelPackage = typed(kernelPackage);
        this.cpuModel = typed(cpuModel);
        this.accelerator = typed(accelerator);
        this.qemu = typed(qemu);
        this.machineType = typed(machineType);
        this.vcpuFeatureSet = typed(vcpuFeatureSet);
        this.vcpuFeatures = typed(vcpuFeatures);
        this.hardwareNv = typed(hardwareNv);
        this.source = typed(source);
        this.reason = typed(reason);
    }

    static final UploadForm EMPTY = new UploadForm(null, null, null, null, null, null, null, null, null, null, null);

    static @Nullable String nullIfBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static String typed(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /**
     * The metadata as far as it can be read.
     *
     * @param problems takes a sentence for each field that cannot
     */
    SaidOfHost metadata(Map<String, String> problems) {
        return SaidOfHost.builder()
                .kernelRelease(nullIfBlank(kernel))
                .kernelPackage(nullIfBlank(kernelPackage))
                .cpuModel(nullIfBlank(cpuModel))
                .accelerator(read("accelerator", accelerator, Accelerator::parse, problems))
                .qemu(read("qemu", qemu, QemuVersion::parse, problems))
                .machineType(nullIfBlank(machineType))
                .vcpuFeatureSet(nullIfBlank(vcpuFeatureSet))
                .vcpuFeatures(features())
                .hardwareNv(read("hardwareNv", hardwareNv, UploadForm::fourBits, problems))
                .origin(nullIfBlank(source))
                .build();
    }

    private List<String> features() {
        List<String> features = new ArrayList<>();
        SEPARATORS.splitAsStream(vcpuFeatures).filter(word -> !word.isEmpty()).forEach(features::add);
        return features;
    }

    private static Integer fourBits(String text) {
        int bits;
        try {
            bits = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            bits = -1;
        }
        if (bits < 0 || bits > 15) {
            throw new IllegalArgumentException(
                    "write 0 to 15: the four bits [27:24] of the hardware's ID_AA64MMFR2_EL1");
        }
        return bits;
    }

    private static <T> @Nullable T read(
            String field, String text, Function<String, T> reader, Map<String, String> problems) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException refused) {
            problems.put(field, String.valueOf(refused.getMessage()));
            return null;
        }
    }
}
