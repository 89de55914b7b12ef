package org.migreg.contract.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
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
        Boolean xMigProperties) {

    /** @param captureOf the capture that a known host has */
    public SideRequest request(Function<HostName, CaptureId> captureOf) {
        return of.request(captureOf, null, null);
    }

    /** Whether it carries the properties, which it does unless the request says otherwise. */
    public boolean carriesXMigProperties() {
        return !Objects.equals(xMigProperties, false);
    }
}
