package org.migreg.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/**
 * What a reader understood of one capture in a file.
 *
 * @param vcpus one list for each vCPU, ascending; at least one
 * @param normalisation of the first vCPU's list
 * @param remarks anything a person should know, a sentence each
 */
public record CaptureReading(
        List<VcpuRegisters> vcpus, SaidOfHost host, Normalisation normalisation, List<String> remarks) {

    public CaptureReading {
        vcpus = List.copyOf(vcpus);
        if (vcpus.isEmpty()) {
            throw new IllegalArgumentException("a reading has the list of one vCPU at least");
        }
        remarks = List.copyOf(remarks);
    }

    /** The register list of one vCPU, numbered from 0. */
    public record VcpuRegisters(int vcpu, RegisterList registers) {}

    /** A reading of one list that stands for all vCPUs. */
    public static CaptureReading ofOneList(
            RegisterList registers, SaidOfHost host, Normalisation normalisation, List<String> remarks) {
        return new CaptureReading(List.of(new VcpuRegisters(0, registers)), host, normalisation, remarks);
    }

    /** This reading with more that a person should know. */
    public CaptureReading withRemarks(List<String> more) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(more);
        return new CaptureReading(vcpus, host, normalisation, all);
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
