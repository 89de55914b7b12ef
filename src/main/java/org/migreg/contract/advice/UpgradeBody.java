package org.migreg.contract.advice;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.evaluation.QemuFields;
import org.migreg.contract.evaluation.SourceFields;
import org.migreg.contract.json.Required;

/** A rolling upgrade in question. */
@Schema(name = "UpgradeRequest")
public record UpgradeBody(
        @Schema(example = "virt-10.1") @Required("the guests' machine type, such as virt-10.1")
        String machineType,

        @ArraySchema(
                minItems = 1,
                arraySchema =
                        @Schema(description = "The kernel releases (uname -r) that the fleet runs now; captured ones."))
        @Required("the kernel releases that the fleet runs now")
        List<String> currentKernels,

        @ArraySchema(
                minItems = 1,
                maxItems = 10,
                arraySchema =
                        @Schema(description = "The kernel releases to go to, one after another, the target last."))
        @Required("the kernel releases to go to, the target last")
        List<String> hops,

        @Schema(nullable = true, description = "Whether the way back must be open too; true where left out.") @Nullable
        Boolean rollback,

        @JsonUnwrapped FleetFields hosts,
        @JsonUnwrapped QemuFields load,

        @JsonUnwrapped SourceFields sources) {

    public UpgradeBody {
        if (hops.size() > 10) {
            throw new InvalidFieldException(
                    "hops", hops.size() + " kernels", "hops has 1 to 10 kernels, the target last");
        }
        currentKernels = List.copyOf(currentKernels);
        hops = List.copyOf(hops);
    }
}
