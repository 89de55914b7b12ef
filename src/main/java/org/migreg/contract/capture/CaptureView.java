package org.migreg.contract.capture;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;

/** A capture with its registers. */
@Schema(name = "Capture")
public record CaptureView(
        @JsonUnwrapped CaptureSummary summary,
        @Schema(description = "Ascending by id.") List<RegisterValueView> registers,

        @Schema(description = "The kernel's writable masks, where known.")
        List<RegisterValueView> writableMasks) {

    /** A register with its value or mask. */
    @Schema(name = "RegisterValue")
    public record RegisterValueView(
            @Schema(example = "0x603000000013c103") String id,
            @Schema(example = "TCR2_EL1") String name,

            @Schema(nullable = true, example = "0x0") @Nullable
            String value) {}

    public static CaptureView of(CaptureSummary summary, Capture capture) {
        List<RegisterValueView> registers = new ArrayList<>();
        for (int i = 0; i < capture.registers().size(); i++) {
            RegisterId id = capture.registers().registerAt(i);
            registers.add(new RegisterValueView(
                    id.toString(),
                    id.name(),
                    capture.registers().hasValueAt(i)
                            ? new RegisterValue(capture.registers().valueAt(i)).toString()
                            : null));
        }
        List<RegisterValueView> masks = new ArrayList<>();
        if (capture.masks() != null) {
            capture.masks()
                    .masks()
                    .forEach((id, mask) -> masks.add(
                            new RegisterValueView(id.toString(), id.name(), new RegisterValue(mask).toString())));
        }
        return new CaptureView(summary, registers, masks);
    }
}
