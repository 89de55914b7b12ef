package org.migreg.question.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;

/** What a caller says of a file's captures; null leaves it to the file. A file's own word is not overruled. */
public record IntakeMetadata(
        @Nullable String kernelRelease,
        @Nullable String kernelPackage,
        @Nullable String cpuModel,
        @Nullable Accelerator accelerator,
        @Nullable QemuVersion qemu,
        @Nullable String machineType,
        @Nullable String vcpuFeatureSet,
        @Nullable List<String> vcpuFeatures,
        @Nullable Integer hardwareNv,
        @Nullable String origin) {

    /** Leaves everything to the file. */
    public static final IntakeMetadata NONE =
            new IntakeMetadata(null, null, null, null, null, null, null, null, null, null);
}
