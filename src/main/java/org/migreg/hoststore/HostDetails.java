package org.migreg.hoststore;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.HostName;
import org.migreg.qemu.CpuOptions;
import org.migreg.qemu.QemuVersion;

/**
 * What is recorded of a host beside its capture; null where nobody said.
 *
 * @param names other names that it goes by, such as those of Nova, of its node, of libvirt (a UUID), or the qualified one
 * @param qemu the version of its QEMU, with the package where known
 * @param xMigProperties whether its QEMU carries the x-mig properties
 * @param cpu what its QEMU gives guests as CPU
 */
public record HostDetails(
        SortedSet<HostName> names,
        @Nullable QemuVersion qemu,
        @Nullable Boolean xMigProperties,
        @Nullable CpuOptions cpu) {

    public static final int MOST_NAMES = 16;

    public static final HostDetails NOT_SAID = new HostDetails(new TreeSet<>(), null, null, null);

    public HostDetails {
        if (names.size() > MOST_NAMES) {
            throw new IllegalArgumentException(
                    "a host has at most " + MOST_NAMES + " other names; this one has " + names.size());
        }
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** These, and where the report says something, that instead. */
    HostDetails with(HostReport report) {
        return new HostDetails(
                report.names() == null ? names : sorted(report.names()),
                report.qemu() == null ? qemu : report.qemu(),
                report.xMigProperties() == null
                        // What was known of another QEMU says nothing of this one.
                        ? report.qemu() == null || report.qemu().equals(qemu) ? xMigProperties : null
                        : report.xMigProperties(),
                report.cpu() == null ? cpu : report.cpu());
    }

    private static SortedSet<HostName> sorted(Set<HostName> names) {
        return new TreeSet<>(names);
    }
}
