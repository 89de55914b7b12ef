package org.migreg.policy;

import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;

/** What an entry sets, for whom and when, for whatever reason: of two entries that agree in this, one is superfluous. */
public record EntryIdentity(
        String machineType,
        RegisterSetting setting,
        KernelRange kernels,
        @Nullable ValueCondition condition) {}
