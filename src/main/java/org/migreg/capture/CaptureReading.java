package org.migreg.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

/**
 * What a reader understood of one capture in a file: the lists of its vCPUs and whatever the format
 * tells about their origin. What the format lacks is null.
 *
 * @param format the format's name, such as {@code qemu-migration-stream}
 * @param vcpus one list for each vCPU, ascending; at least one
 * @param droppedCore CORE registers that normalisation dropped from the first vCPU's list
 * @param droppedSve SVE registers that normalisation dropped from it
 * @param repeated registers that stood more than once in it
 * @param remarks anything a person should know, a sentence each
 */
public record CaptureReading(
        String format,
        List<VcpuRegisters> vcpus,
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
        @Nullable String origin,
        int droppedCore,
        int droppedSve,
        int repeated,
        List<String> remarks) {

    public CaptureReading {
        vcpus = List.copyOf(vcpus);
        if (vcpus.isEmpty()) {
            throw new IllegalArgumentException("a reading has the list of one vCPU at least");
        }
        vcpuFeatures = List.copyOf(vcpuFeatures);
        remarks = List.copyOf(remarks);
    }

    /** The register list of one vCPU, numbered from 0. */
    public record VcpuRegisters(int vcpu, RegisterList registers) {}

    /** A reading of lists alone, for formats that tell nothing else. */
    public static CaptureReading ofLists(String format, List<VcpuRegisters> vcpus) {
        return new CaptureReading(
                format, vcpus, null, null, null, null, null, null, null, null, List.of(), null, null, null, 0, 0, 0,
                List.of());
    }

    /** This reading with more that a person should know. */
    public CaptureReading withRemarks(List<String> more) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(more);
        return new CaptureReading(
                format,
                vcpus,
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
                origin,
                droppedCore,
                droppedSve,
                repeated,
                all);
    }

    /** The first vCPU's list, which stands for all unless {@link #disagreements} says otherwise. */
    public RegisterList registers() {
        return vcpus.getFirst().registers();
    }

    private static String named(List<RegisterId> registers) {
        return registers.isEmpty()
                ? "none"
                : registers.stream()
                        .map(register -> register + " (" + register.name() + ")")
                        .collect(Collectors.joining(", "));
    }

    /** Where other vCPUs have other register IDs than the first: a sentence for each; values may differ. */
    public List<String> disagreements() {
        List<String> found = new ArrayList<>();
        VcpuRegisters first = vcpus.getFirst();
        for (VcpuRegisters other : vcpus.subList(1, vcpus.size())) {
            List<RegisterId> missing = new ArrayList<>(first.registers().ids());
            missing.removeAll(other.registers().ids());
            List<RegisterId> added = new ArrayList<>(other.registers().ids());
            added.removeAll(first.registers().ids());
            if (!missing.isEmpty() || !added.isEmpty()) {
                found.add("vCPU " + other.vcpu() + " differs from vCPU " + first.vcpu() + ": lacks " + named(missing)
                        + ", adds " + named(added));
            }
        }
        return found;
    }
}
