package org.migreg.evaluation;

import org.migreg.policy.EffectivePolicy;
import org.migreg.register.RegisterList;

/**
 * The host that a guest leaves.
 *
 * @param registers its QEMU's list before hiding
 * @param policy what the guest's machine type sets on this host
 * @param xMigProperties whether its QEMU carries the properties, so that the policy acts there
 */
public record SourceSide(RegisterList registers, EffectivePolicy policy, boolean xMigProperties) {}
