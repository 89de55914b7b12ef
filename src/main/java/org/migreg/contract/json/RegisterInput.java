package org.migreg.contract.json;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;

/** A register in a request, in its long form, as the contract describes it; {@link RegistersReader} reads all forms. */
@Schema(name = "RegisterWithValue", description = "A register as captures and the collector have it.")
public record RegisterInput(
        @Schema(
                description = "A register ID in any form: hex, decimal, name, S3_0_C2_C0_3, or as QEMU prints it.",
                maxLength = 120,
                example = "0x603000000013c103")
        @Required("a register ID, such as TCR2_EL1")
        RegisterId id,

        @Schema(nullable = true, description = "Its name, which may be left out.", example = "TCR2_EL1") @Nullable
        RegisterId name,

        @Schema(
                nullable = true,
                description = "Hex with 0x, or decimal; left out where it is not known.",
                example = "0x0")
        @Nullable
        RegisterValue value) {}
