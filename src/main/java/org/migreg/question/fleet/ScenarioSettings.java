package org.migreg.question.fleet;

import org.jspecify.annotations.Nullable;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.qemu.Accelerator;

/**
 * What is the same for every pair of one question.
 *
 * @param machineType the guests' machine type; one that the table lacks sets nothing
 * @param loadBehaviour what the destinations' QEMU does
 * @param sourceXMigProperties whether the sources' QEMU carries the properties
 * @param accelerator hosts of another one take no part; null for all
 */
public record ScenarioSettings(
        String machineType,
        LoadBehaviour loadBehaviour,
        boolean sourceXMigProperties,
        @Nullable Accelerator accelerator) {

    /** Builds that carry the x-mig series on both sides, every accelerator. */
    public static ScenarioSettings withXMigProperties(String machineType) {
        return new ScenarioSettings(machineType, new LoadBehaviour.XMigProperties(), true, null);
    }

    public ScenarioSettings forMachineType(String other) {
        return new ScenarioSettings(other, loadBehaviour, sourceXMigProperties, accelerator);
    }

    /** Whether the host takes part. */
    public boolean concerns(CapturedHost host) {
        return accelerator == null || accelerator == host.capture().accelerator();
    }
}
