package org.migreg.contract.evaluation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a saved guest can be restored on some hosts. */
@Schema(name = "SavedGuest")
public record SavedGuestView(
        @Schema(nullable = true, description = "The file's name, in a request of several.") @Nullable
        String file,

        @Schema(example = "qemu-migration-stream") String format,
        @Schema(example = "virt-10.0") String machineType,

        @Schema(description = "How many vCPUs the guest has.", minimum = "1")
        int vcpus,

        @Schema(description = "Where other vCPUs' lists differ from the first's.")
        List<String> disagreements,

        @Schema(description = "Whether every one of the hosts can restore it.")
        boolean mayBeRestoredEverywhere,

        @Schema(description = "One answer for each host, in order.")
        List<EvaluationView> evaluations) {}
