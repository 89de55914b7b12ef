package org.migreg.evaluation;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.EffectivePolicy;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

/**
 * The host that a guest shall go to.
 *
 * @param registers its QEMU's list before hiding
 * @param policy what the guest's machine type sets on this host; in force only where the behaviour
 *     carries the properties, yet always what counts as declared safe to lose
 * @param hostKernel its kernel, which some value rules depend on, or null where not known
 * @param masks its writable masks, or null where not known or none (Linux before 6.7)
 * @param hardwareNv its hardware's ID_AA64MMFR2_EL1.NV, 0 to 15, where known
 * @param circumstances what is known of it beside these
 */
public record DestinationSide(
        RegisterList registers,
        EffectivePolicy policy,
        LoadBehaviour behaviour,
        Accelerator accelerator,
        @Nullable KernelRelease hostKernel,
        @Nullable WritableMasks masks,
        OptionalLong hardwareNv,
        Circumstances circumstances) {

    /** One of which nothing else is known. */
    public DestinationSide(
            RegisterList registers,
            EffectivePolicy policy,
            LoadBehaviour behaviour,
            Accelerator accelerator,
            @Nullable KernelRelease hostKernel,
            @Nullable WritableMasks masks,
            OptionalLong hardwareNv) {
        this(registers, policy, behaviour, accelerator, hostKernel, masks, hardwareNv, Circumstances.NOT_SAID);
    }
}
