package org.migreg.question.diagnosis;

import org.jspecify.annotations.Nullable;
import org.migreg.policy.EntryContent;

/**
 * An entry that would let the load pass.
 *
 * @param content ready to be posted where the machine type is known; else it says {@value #NEWEST}, and the poster must
 *     say which one is meant
 * @param isMachineTypeKnown whether log or asker named the guest's machine type
 * @param isAlternative whether another proposal for the same register is to be preferred
 */
public record CuringEntry(EntryContent content, boolean isMachineTypeKnown, boolean isAlternative) {

    /** QEMU's name for its newest machine type, whichever that is. */
    static final String NEWEST = "virt";

    /** The guest's machine type; null where it is not known. */
    public @Nullable String machineType() {
        return isMachineTypeKnown ? content.machineType() : null;
    }
}
