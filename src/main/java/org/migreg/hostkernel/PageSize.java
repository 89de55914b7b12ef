package org.migreg.hostkernel;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page size that a kernel is built for, in KiB, as its release tells: the flavours {@code +64k} of Enterprise Linux
 * and Fedora, {@code -64k} of Ubuntu and {@code -64kb} of SUSE, {@code uek64k} of Oracle, {@code -16k} of Debian and Fedora Asahi. Enterprise Linux
 * 8 and older have 64 KiB without saying so (Red Hat, RHEL 9 release notes, "4k page size"); others without a flavour
 * have 4 KiB.
 */
public record PageSize(int kibibytes) {

    private static final Pattern FLAVOUR =
            Pattern.compile("(?<![0-9])(4|16|64)kb?(?:-?pages?)?(?![0-9A-Za-z])", Pattern.CASE_INSENSITIVE);

    /** Where a kernel without a flavour may have any: own builds, and openEuler, whose releases differ. */
    private static final Set<KernelStream> UNTOLD =
            Set.of(KernelStream.OTHER, KernelStream.UPSTREAM, KernelStream.OPENEULER);

    /** Null where the release does not tell. */
    public static @Nullable PageSize of(KernelRelease kernel) {
        // Nearly no release names one, and each verdict asks.
        boolean mayNameOne = kernel.text().indexOf('k') >= 0 || kernel.text().indexOf('K') >= 0;
        Matcher flavour = mayNameOne ? FLAVOUR.matcher(kernel.text()) : null;
        if (flavour != null && flavour.find()) {
            return new PageSize(Integer.parseInt(flavour.group(1)));
        }
        KernelStream stream = kernel.kernelStream();
        if (UNTOLD.contains(stream)) {
            return null;
        }
        boolean has64 =
                stream.equals(KernelStream.enterpriseLinux(7)) || stream.equals(KernelStream.enterpriseLinux(8));
        return new PageSize(has64 ? 64 : 4);
    }

    /** Whether a kernel has it only where it was chosen: others than 4 KiB. */
    public boolean isUnusual() {
        return kibibytes != 4;
    }

    @Override
    public String toString() {
        return kibibytes + " KiB";
    }
}
