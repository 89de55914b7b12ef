package org.migreg.question.matrix;

import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.qemu.Accelerator;

/** Which pairs of known kernels to evaluate, and how. What is null does not restrict. */
public record MatrixRequest(
        String machineType,
        @Nullable String cpuModel,
        @Nullable Accelerator accelerator,
        @Nullable String vcpuFeatureSet,
        LoadBehaviour behaviour,
        boolean sourceXMigProperties,
        @Nullable Long revision) {}
