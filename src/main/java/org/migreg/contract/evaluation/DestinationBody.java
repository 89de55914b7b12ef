package org.migreg.contract.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.contract.FieldError;
import org.migreg.contract.InvalidFieldException;
import org.migreg.qemu.CpuOptions;
import org.migreg.question.side.SideRequest;
import org.migreg.register.WritableMasks;

/** The host that a guest shall go to, and what its QEMU does. */
@Schema(
        name = "DestinationSide",
        description =
                "A known host, a capture, registers (with the kernel they come from), or a kernel to be looked up among the"
                        + " captures; and what the QEMU there does with the incoming list.")
public record DestinationBody(
        @JsonUnwrapped HostFields of,

        @ArraySchema(
                arraySchema =
                        @Schema(
                                description =
                                        "With registers: the kernel's writable masks (KVM_ARM_GET_REG_WRITABLE_MASKS), as"
                                                + " pairs; those of captures of the same kernel where left out."))
        @Nullable
        WritableMasks writableMasks,

        @Schema(
                description = "With registers: ID_AA64MMFR2_EL1.NV of the hardware, where known.",
                minimum = "0",
                maximum = "15")
        @Nullable
        Integer hardwareNv,

        @JsonUnwrapped QemuFields load,

        @Schema(description = SourceBody.CPU, example = "host,pmu=off", maxLength = CpuOptions.LONGEST) @Nullable
        CpuOptions cpu) {

    public DestinationBody {
        List<FieldError> wrong = new ArrayList<>();
        if (of.registers() == null) {
            refuse(
                    "writableMasks",
                    writableMasks == null ? null : writableMasks.masks().size() + " masks",
                    wrong);
            refuse("hardwareNv", hardwareNv, wrong);
        } else if (hardwareNv != null && (hardwareNv < 0 || hardwareNv > 15)) {
            wrong.add(new FieldError("hardwareNv", null, hardwareNv.toString(), "hardwareNv is 0 to 15"));
        }
        if (!wrong.isEmpty()) {
            throw new InvalidFieldException(wrong);
        }
    }

    private static void refuse(String field, @Nullable Object value, List<FieldError> wrong) {
        if (value != null) {
            wrong.add(new FieldError(
                    field, null, value.toString(), "'" + field + "' goes with 'registers', which are missing"));
        }
    }

    /** @param captureOf the capture that a known host has */
    public SideRequest request(Function<HostName, CaptureId> captureOf) {
        return of.request(captureOf, writableMasks, hardwareNv);
    }
}
