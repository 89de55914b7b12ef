package org.migreg.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;

/**
 * What is known of one side of a move beside its registers.
 *
 * @param kernel the host's kernel, or null where not known
 * @param cpu what guest CPU its QEMU has; null where nobody says: then {@code -cpu host} is assumed
 * @param el2 whether it is known otherwise that the guest has EL2, as by a capture's vCPU features
 * @param qemu the version of its QEMU, or null where not known
 * @param doubts why this side's list or QEMU cannot be relied on: findings that leave nothing but {@link Verdict#UNKNOWN}
 * @param assumptions what was taken for granted to know this much
 */
public record Circumstances(
        @Nullable KernelRelease kernel,
        @Nullable CpuOptions cpu,
        boolean el2,
        @Nullable QemuVersion qemu,
        List<Finding> doubts,
        List<Assumption> assumptions) {

    /** Nothing is known, and nothing doubtful. */
    public static final Circumstances NOT_SAID = new Circumstances(null, null, false, null, List.of(), List.of());

    public Circumstances {
        doubts = List.copyOf(doubts);
        assumptions = List.copyOf(assumptions);
    }

    /** The guest's CPU, as said or assumed. */
    CpuOptions cpuOrHost() {
        return cpu == null ? CpuOptions.HOST : cpu;
    }

    boolean hasEl2() {
        return el2 || cpuOrHost().hasEl2();
    }
}
