package org.migreg.api.operation;

import static org.migreg.contract.InvalidFieldException.reading;

import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRelease;

/** Reads the kernels that requests name. */
public final class Kernels {

    private Kernels() {}

    /** The release in a field or parameter; null where it is left out. */
    public static @Nullable KernelRelease release(String field, @Nullable String text) {
        return text == null ? null : reading(field, text, () -> KernelRelease.parse(text));
    }

    /** Only its text, as captures are looked up by. */
    public static @Nullable String text(String field, @Nullable String text) {
        KernelRelease release = release(field, text);
        return release == null ? null : release.text();
    }
}
