package org.migreg.register;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which bits of its identification registers a host kernel lets user space change, as
 * KVM_ARM_GET_REG_WRITABLE_MASKS gives them (Linux 6.7 and later; the same for every CPU model and
 * feature set of one kernel). A register without a mask is not writable.
 */
public record WritableMasks(Map<RegisterId, Long> masks) {

    public WritableMasks {
        masks = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(masks));
        if (masks.size() > 1024) {
            throw new IllegalArgumentException(
                    "a host has at most 1,024 writable masks (real ones have about 50); these are " + masks.size());
        }
    }

    /** The mask of this register, 0 where nothing of it is writable. */
    public long of(RegisterId register) {
        Long mask = masks.get(register);
        return mask == null ? 0 : mask;
    }

    /** The mask of this register, where the kernel gave one. */
    public OptionalLong given(RegisterId register) {
        Long mask = masks.get(register);
        return mask == null ? OptionalLong.empty() : OptionalLong.of(mask);
    }
}
