package org.migreg.contract.host;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;

/** What somebody says of a host now. */
@Schema(
        name = "HostInput",
        description = "What is left out stays as it is recorded. That the host was heard of is recorded each time.")
public record HostBody(
        @Schema(description = "The id of a capture that was posted; needed for a host that is not known yet.") @Nullable
        CaptureId capture,

        @Schema(
                description =
                        "Other names that the host goes by: Nova's, its node's, libvirt's UUID, the qualified one; at most"
                                + " 16. A name means one host.")
        @Nullable
        List<HostName> names,

        @Schema(
                description =
                        "The version of its QEMU, with the package where known. A capture that has one says it, too.",
                example = "10.1.0-15.el10",
                maxLength = 120)
        @Nullable
        QemuVersion qemu,

        @Schema(
                description =
                        "Whether its QEMU carries the x-mig properties; unknown where another 'qemu' is given without it.")
        @Nullable
        Boolean xMigProperties,

        @Schema(
                description = "What its QEMU gives guests as CPU: its -cpu option.",
                example = "host,pmu=off",
                maxLength = CpuOptions.LONGEST)
        @Nullable
        CpuOptions cpu,

        @Schema(
                description =
                        "What it runs now (uname -r), where that may be another kernel than the capture's: then the capture"
                                + " holds no more, and evaluations are UNKNOWN until there is a new one, or it is said to run"
                                + " that kernel again. Where left out, what it was last said to run, or the kernel of a capture"
                                + " that it did not have.",
                example = "6.12.107+deb13-arm64",
                maxLength = 200)
        @Nullable
        KernelRelease kernel) {

    public HostBody {
        names = names == null ? null : List.copyOf(names);
    }
}
