package org.migreg.contract.advice;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.evaluation.QemuFields;
import org.migreg.contract.evaluation.SourceFields;
import org.migreg.contract.table.TableChangeFields;
import org.migreg.qemu.Accelerator;

/** A change of the tables in question. */
@Schema(name = "ImpactRequest")
public record ImpactBody(
        @JsonUnwrapped TableChangeFields change,

        @Schema(nullable = true, description = "Only these; every machine type where left out.") @Nullable
        List<String> machineTypes,

        @Schema(nullable = true, description = FleetFields.ACCELERATOR) @Nullable
        Accelerator accelerator,

        @JsonUnwrapped QemuFields load,

        @JsonUnwrapped SourceFields sources,

        @Schema(
                nullable = true,
                minimum = "1",
                maximum = "10000",
                description = "How many moves to list; 500 where left out.")
        @Nullable
        Integer limit) {

    public ImpactBody {
        change.required();
        limit = limit(limit);
        if (machineTypes != null) {
            if (machineTypes.isEmpty()) {
                throw new InvalidFieldException(
                        "machineTypes", null, "no machine type is named: name some, or leave machineTypes out for all");
            }
            machineTypes = List.copyOf(machineTypes);
        }
    }

    /** How many moves to list: what was asked, or else 500. */
    public static int limit(@Nullable Integer given) {
        int limit = Objects.requireNonNullElse(given, 500);
        if (limit < 1 || limit > 10_000) {
            throw new InvalidFieldException("limit", given, "limit must be 1 to 10000");
        }
        return limit;
    }
}
