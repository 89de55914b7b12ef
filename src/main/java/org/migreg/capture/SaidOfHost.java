package org.migreg.capture;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

/**
 * What a file, or whoever hands it in, says of the host or guest that a register list is of. What is not said is
 * null, and no features are none said.
 *
 * @param kernelRelease as {@code uname -r} prints it
 * @param kernelPackage the kernel's package, or {@code uname -v}
 * @param vcpuFeatureSet a name for the features a vCPU was asked for, such as {@code qemu-host}
 * @param hardwareNv the hardware's ID_AA64MMFR2_EL1.NV, 0 to 15
 * @param origin how the list was taken, in words
 */
public record SaidOfHost(
        @Nullable String kernelRelease,
        @Nullable String kernelPackage,
        @Nullable String cpuModel,
        @Nullable Long midr,
        @Nullable Accelerator accelerator,
        @Nullable QemuVersion qemu,
        @Nullable String machineType,
        @Nullable String vcpuFeatureSet,
        List<String> vcpuFeatures,
        @Nullable WritableMasks masks,
        @Nullable Integer hardwareNv,
        @Nullable String origin) {

    /** Says nothing. */
    public static final SaidOfHost NOTHING = builder().build();

    private static final RegisterId MIDR_EL1 = RegisterId.ofSystemRegister(3, 0, 0, 0, 0);

    public SaidOfHost {
        vcpuFeatures = List.copyOf(vcpuFeatures);
    }

    /** What a list itself shows: MIDR, and the accelerator where one alone lists such registers. */
    public static SaidOfHost shownBy(RegisterList registers) {
        OptionalLong midr = registers.valueOf(MIDR_EL1);
        return builder()
                .midr(midr.isPresent() ? (Long) midr.getAsLong() : null)
                .accelerator(AcceleratorEvidence.of(registers))
                .build();
    }

    /** This, and for what this does not say the other. */
    public SaidOfHost orElse(SaidOfHost other) {
        return new SaidOfHost(
                either(kernelRelease, other.kernelRelease),
                either(kernelPackage, other.kernelPackage),
                either(cpuModel, other.cpuModel),
                either(midr, other.midr),
                either(accelerator, other.accelerator),
                either(qemu, other.qemu),
                either(machineType, other.machineType),
                either(vcpuFeatureSet, other.vcpuFeatureSet),
                vcpuFeatures.isEmpty() ? other.vcpuFeatures : vcpuFeatures,
                either(masks, other.masks),
                either(hardwareNv, other.hardwareNv),
                either(origin, other.origin));
    }

    private static <T> @Nullable T either(@Nullable T one, @Nullable T other) {
        return one != null ? one : other;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Takes one thing after the other, in any order. */
    public static final class Builder {

        private @Nullable String kernelRelease;
        private @Nullable String kernelPackage;
        private @Nullable String cpuModel;
        private @Nullable Long midr;
        private @Nullable Accelerator accelerator;
        private @Nullable QemuVersion qemu;
        private @Nullable String machineType;
        private @Nullable String vcpuFeatureSet;
        private List<String> vcpuFeatures = List.of();
        private @Nullable WritableMasks masks;
        private @Nullable Integer hardwareNv;
        private @Nullable String origin;

        private Builder() {}

        public Builder kernelRelease(@Nullable String kernelRelease) {
            this.kernelRelease = kernelRelease;
            return this;
        }

        public Builder kernelPackage(@Nullable String kernelPackage) {
            this.kernelPackage = kernelPackage;
            return this;
        }

        public Builder cpuModel(@Nullable String cpuModel) {
            this.cpuModel = cpuModel;
            return this;
        }

        public Builder midr(@Nullable Long midr) {
            this.midr = midr;
            return this;
        }

        public Builder accelerator(@Nullable Accelerator accelerator) {
            this.accelerator = accelerator;
            return this;
        }

        public Builder qemu(@Nullable QemuVersion qemu) {
            this.qemu = qemu;
            return this;
        }

        public Builder machineType(@Nullable String machineType) {
            this.machineType = machineType;
            return this;
        }

        public Builder vcpuFeatureSet(@Nullable String vcpuFeatureSet) {
            this.vcpuFeatureSet = vcpuFeatureSet;
            return this;
        }

        public Builder vcpuFeatures(List<String> vcpuFeatures) {
            this.vcpuFeatures = vcpuFeatures;
            return this;
        }

        public Builder masks(@Nullable WritableMasks masks) {
            this.masks = masks;
            return this;
        }

        public Builder hardwareNv(@Nullable Integer hardwareNv) {
            this.hardwareNv = hardwareNv;
            return this;
        }

        public Builder origin(@Nullable String origin) {
            this.origin = origin;
            return this;
        }

        public SaidOfHost build() {
            return new SaidOfHost(
                    kernelRelease,
                    kernelPackage,
                    cpuModel,
                    midr,
                    accelerator,
                    qemu,
                    machineType,
                    vcpuFeatureSet,
                    vcpuFeatures,
                    masks,
                    hardwareNv,
                    origin);
        }
    }
}
