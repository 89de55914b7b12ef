package org.migreg.evaluation;

import org.migreg.policy.EffectivePolicy;
import org.migreg.register.RegisterList;

/**
 * The host that a guest leaves.
 *
 * @param registers its QEMU's list before hiding
 * @param policy what the guest's machine type sets on this host
 * @param xMigProperties whether its QEMU carries the properties, so that the policy acts there
 * @param circumstances what is known of it beside these
 */
public record SourceSide(
        RegisterList registers, EffectivePolicy policy, boolean xMigProperties, Circumstances circumstances) {

    /** One of which nothing else is known. */
    public SourceSide(RegisterList registers, EffectivePolicy policy, boolean xMigProperties) {
        this(registers, policy, xMigProperties, Circumstances.NOT_SAID);
    }
}
