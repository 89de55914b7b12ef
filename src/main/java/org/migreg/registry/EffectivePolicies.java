package org.migreg.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.TableRevision;
import org.springframework.stereotype.Component;

/** Merged policies, kept by revision, machine type and host kernel: merging compares kernel versions, which is slow. */
@Component
class EffectivePolicies {

    private record Key(
            long revision, String machineType, @Nullable KernelRelease kernel) {}

    private final Cache<Key, EffectivePolicy> merged =
            Caffeine.newBuilder().maximumSize(20_000).build();

    EffectivePolicy of(TableRevision tables, String machineType, @Nullable KernelRelease kernel) {
        return merged.get(
                new Key(tables.number(), machineType, kernel),
                key -> EffectivePolicy.of(tables.table(), machineType, kernel));
    }
}
