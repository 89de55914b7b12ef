package org.migreg.format.qemulog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of the guest and of the host that wrote it, besides the failure. Everything is as printed, and null
 * where the log does not say it.
 *
 * @param program QEMU's program, {@code qemu-system-aarch64} or {@code qemu-kvm}, or another monitor's
 * @param architecture which one the program, the machine type or the kernel is for, by QEMU's name; {@code aarch64} and
 *     {@code arm} are Arm
 * @param qemuVersion of libvirt's first line, {@code 10.1.0}
 * @param qemuPackage likewise, {@code qemu-kvm-10.1.0-15.el10}
 * @param kernelRelease of the host that wrote the log
 * @param host its name
 * @param machineType of the command line or the domain
 * @param cpu what {@code -cpu} was given
 * @param start whether QEMU was started to load a guest
 * @param sourceKernel a kernel that the text calls the source's
 * @param destinationKernel a kernel that the text calls the destination's
 * @param kernels every kernel release that the text names, those above included
 */
public record LogContext(
        @Nullable String program,
        @Nullable String architecture,
        @Nullable String qemuVersion,
        @Nullable String qemuPackage,
        @Nullable String kernelRelease,
        @Nullable String host,
        @Nullable String machineType,
        @Nullable String cpu,
        Start start,
        @Nullable String sourceKernel,
        @Nullable String destinationKernel,
        List<String> kernels) {

    /** What QEMU was started for. */
    public enum Start {
        /** A guest was to be loaded: {@code -incoming}, or a message that only a load prints. */
        INCOMING,
        /** A guest was to be started: a command line without {@code -incoming}, or whoever started it says so. */
        PLAIN,
        /** The log does not tell. */
        UNKNOWN
    }

    public LogContext {
        kernels = List.copyOf(kernels);
    }

    /** Whether the log is surely of another architecture than Arm. */
    public boolean isOfAnotherArchitecture() {
        return architecture != null && !architecture.equals("aarch64") && !architecture.equals("arm");
    }
}
