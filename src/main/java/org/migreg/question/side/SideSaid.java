package org.migreg.question.side;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.Assumption;
import org.migreg.evaluation.Finding;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;

/**
 * What is said of a side beside which list it has.
 *
 * @param cpu what guest CPU QEMU is given; null where nobody says
 * @param qemu the version of its QEMU; null where nobody says
 * @param doubts why the side cannot be relied on
 * @param assumptions what was taken for granted of it
 */
public record SideSaid(
        @Nullable CpuOptions cpu, @Nullable QemuVersion qemu, List<Finding> doubts, List<Assumption> assumptions) {

    public static final SideSaid NOTHING = new SideSaid(null, null, List.of(), List.of());

    public SideSaid {
        doubts = List.copyOf(doubts);
        assumptions = List.copyOf(assumptions);
    }

    /** This, with a CPU where none is said: a guest has the same one wherever it goes. */
    public SideSaid orCpu(@Nullable CpuOptions other) {
        return cpu != null || other == null ? this : new SideSaid(other, qemu, doubts, assumptions);
    }

    /** This, with this CPU, or none. */
    public SideSaid withCpu(@Nullable CpuOptions other) {
        return new SideSaid(other, qemu, doubts, assumptions);
    }

    /** This, and a doubt more. */
    public SideSaid withDoubt(Finding doubt) {
        List<Finding> all = new ArrayList<>(doubts);
        all.add(doubt);
        return new SideSaid(cpu, qemu, all, assumptions);
    }

    /** This, and an assumption more. */
    public SideSaid assuming(Assumption assumption) {
        List<Assumption> all = new ArrayList<>(assumptions);
        all.add(assumption);
        return new SideSaid(cpu, qemu, doubts, all);
    }
}
