package org.migreg.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the destination's QEMU does.
 *
 * @param loads whether it loads the guest; null where that is unknown
 * @param failedAt where it fails; null where it loads or the place is unknown
 * @param messages what it prints, without the name of the binary; as one vCPU makes it print; empty
 *     where that is unknown
 */
public record QemuOutcome(
        @Nullable Boolean loads,
        LoadBehaviour behaviour,
        @Nullable FailedStage failedAt,
        List<String> messages) {
    public QemuOutcome {
        messages = List.copyOf(messages);
    }
}
