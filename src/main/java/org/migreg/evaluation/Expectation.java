package org.migreg.evaluation;

import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;

/**
 * Moves that must be possible: "virt-10.1 must go from el9 to el10 and back on neoverse-v1".
 *
 * @param machineType the guests' machine type, 1 to 64 characters
 * @param from the kernels they come from; a whole stream is {@code el9/*}
 * @param to the kernels they go to
 * @param cpuModel at most 100 characters: only on hosts of this CPU model; null for all, each among its own
 * @param back whether the way back must be possible too
 * @param loadBehaviour what the destinations' QEMU does
 * @param sourceXMigProperties whether the sources' QEMU carries the properties
 * @param required how well it must go
 */
public record Expectation(
        String machineType,
        KernelRange from,
        KernelRange to,
        @Nullable String cpuModel,
        boolean back,
        LoadBehaviour loadBehaviour,
        boolean sourceXMigProperties,
        Requirement required) {

    public Expectation {
        if (machineType.isBlank() || machineType.length() > 64) {
            throw new IllegalArgumentException(
                    "a machine type's name has 1 to 64 characters; this one has " + machineType.length());
        }
        if (cpuModel != null && (cpuModel.isBlank() || cpuModel.length() > 100)) {
            throw new IllegalArgumentException(
                    "a CPU model has 1 to 100 characters; this one has " + cpuModel.length());
        }
    }

    /** How well a move must go. */
    public enum Requirement {
        /** Verdict COMPATIBLE or COMPATIBLE_WITH_WARNINGS. */
        MAY_MIGRATE,
        /** Verdict COMPATIBLE. */
        WITHOUT_WARNINGS
    }

    /** Moves that may have warnings, by builds that carry the properties. */
    public static Expectation of(
            String machineType, KernelRange from, KernelRange to, @Nullable String cpuModel, boolean back) {
        return new Expectation(
                machineType,
                from,
                to,
                cpuModel,
                back,
                new LoadBehaviour.XMigProperties(),
                true,
                Requirement.MAY_MIGRATE);
    }

    /** {@code virt-10.1 must go from el9/* to el10/* and back on neoverse-v1}. */
    @Override
    public String toString() {
        return machineType + " must go from " + from + " to " + to + (back ? " and back" : "")
                + (cpuModel == null ? "" : " on " + cpuModel)
                + (required == Requirement.WITHOUT_WARNINGS ? " without warnings" : "")
                + (loadBehaviour instanceof LoadBehaviour.XMigProperties
                        ? ""
                        : " with load behaviour " + loadBehaviour.apiName())
                + (sourceXMigProperties ? "" : " from sources without the properties");
    }
}
