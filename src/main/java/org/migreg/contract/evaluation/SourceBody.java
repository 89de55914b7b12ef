package org.migreg.contract.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;
import org.migreg.question.side.SideRequest;

/** The host that a guest leaves. */
@Schema(
        name = "SourceSide",
        description =
                "A known host, a capture, registers (with the kernel they come from), or a kernel to be looked up among the captures.")
public record SourceBody(
        @JsonUnwrapped HostFields of,

        @Schema(description = "Whether the source's QEMU carries the x-mig properties.", defaultValue = "true")
        @Nullable
        Boolean xMigProperties,

        @Schema(
                description =
                        "The version of the source's QEMU: an unpatched one, unless xMigProperties says that it carries the properties.",
                example = "11.1.3",
                maxLength = 120)
        @Nullable
        QemuVersion qemu,

        @Schema(description = SourceBody.CPU, example = "host,pmu=off", maxLength = CpuOptions.LONGEST) @Nullable
        CpuOptions cpu) {

    static final String CPU =
            "What guest CPU QEMU is given: its -cpu option, and the machine's virtualization=on among the properties. -cpu host"
                    + " where nothing says it; the destination's is the source's where left out.";

    /** @param captureOf the capture that a known host has */
    public SideRequest request(Function<HostName, CaptureId> captureOf) {
        return of.request(captureOf, null, null);
    }
}
