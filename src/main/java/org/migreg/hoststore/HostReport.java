package org.migreg.hoststore;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;

/**
 * What somebody says of a host now; null leaves what is recorded.
 *
 * @param capture one that is stored
 * @param kernel what the host runs; null leaves what it was last said to run, or else that of the capture
 */
public record HostReport(
        @Nullable CaptureId capture,
        @Nullable Set<HostName> names,
        @Nullable QemuVersion qemu,
        @Nullable Boolean xMigProperties,
        @Nullable CpuOptions cpu,
        @Nullable KernelRelease kernel) {

    public HostReport {
        names = names == null ? null : Set.copyOf(names);
    }
}
