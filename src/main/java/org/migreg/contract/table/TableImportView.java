package org.migreg.contract.table;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What was read from one of QEMU's own forms, and what taking it does or would do. */
@Schema(name = "TableImport")
public record TableImportView(
        @Schema(description = "The form that the text was read as.", example = "qemu-source")
        String form,

        @Schema(description = "The machine types that the text speaks of.")
        List<String> machineTypes,

        @Schema(
                description =
                        "How many registers of properties the text sets; of a patch how many it adds and removes.")
        long registersRead,

        @Schema(description = "What to know of the reading, a sentence each.")
        List<String> warnings,

        TablePlanView plan) {}
