package org.migreg.question.fleet;

import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.hostkernel.KernelRelease;

/**
 * A host, or a kind of host that stands for many, with its capture.
 *
 * @param label what people call it; unique among the hosts of one question
 * @param capture its register list; writable masks and the hardware's NV are filled in where they are
 *     known from another capture of the same kernel or CPU
 */
public record CapturedHost(String label, Capture capture) {

    public CapturedHost {
        if (label.isBlank() || label.length() > 200) {
            throw new IllegalArgumentException("a host's label has 1 to 200 characters, such as rack7-node3 or"
                    + " 6.12.107+deb13-arm64 on neoverse-v1");
        }
    }

    /** Its kernel, or null where not known (and always for TCG). */
    public @Nullable KernelRelease kernel() {
        return capture.kernel();
    }

    public HostKind kind() {
        return HostKind.of(capture);
    }

    /** Only by the label: a capture is long. */
    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return label;
    }
}
