package org.migreg.hostkernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page size that a kernel is built for, in KiB, as its release tells: the flavours {@code +64k} of Enterprise Linux
 * and Fedora, {@code -64k} of Ubuntu and {@code -64kb} of SUSE, {@code -16k} of Debian and Fedora Asahi. Enterprise Linux
 * 8 and older have 64 KiB without saying so (Red Hat, RHEL 9 release notes, "4k page size"); others without a flavour
 * have 4 KiB.
 */
public record PageSize(int kibibytes) {

    private static final Pattern FLAVOUR = Pattern.compile("[-+.](4|16|64)kb?(?![0-9A-Za-z])");

    /** Null for a kernel of a stream that is not known, or built from upstream's source, without a flavour: it may have any. */
    public static @Nullable PageSize of(KernelRelease kernel) {
        // Nearly no release names one, and each verdict asks.
        Matcher flavour = kernel.text().indexOf('k') < 0 ? null : FLAVOUR.matcher(kernel.text());
        if (flavour != null && flavour.find()) {
            return new PageSize(Integer.parseInt(flavour.group(1)));
        }
        KernelStream stream = kernel.kernelStream();
        if (stream.equals(KernelStream.OTHER) || stream.equals(KernelStream.UPSTREAM)) {
            return null;
        }
        boolean has64 =
                stream.equals(KernelStream.enterpriseLinux(7)) || stream.equals(KernelStream.enterpriseLinux(8));
        return new PageSize(has64 ? 64 : 4);
    }

    @Override
    public String toString() {
        return kibibytes + " KiB";
    }
}
