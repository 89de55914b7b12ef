package org.migreg.evaluation;

import org.jspecify.annotations.Nullable;
import org.migreg.policy.EffectivePolicy;
import org.migreg.register.RegisterList;

/**
 * The host that a guest leaves.
 *
 * @param registers its QEMU's list before hiding, or null where not known
 * @param policy what the guest's machine type sets on this host
 * @param xMigProperties whether its QEMU carries the properties, so that the policy acts there
 */
public record SourceSide(@Nullable RegisterList registers, EffectivePolicy policy, boolean xMigProperties) {}
