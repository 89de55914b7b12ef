package org.migreg.architecture.planted.inorder.hostkernel;

import io.github.nscuro.versatile.Vers;
import org.jspecify.annotations.Nullable;

public interface KernelRange {
    @Nullable
    Vers range();

    long[] parts();

    default String text() {
        return String.valueOf(range()).strip();
    }
}
