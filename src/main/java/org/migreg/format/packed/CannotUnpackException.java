package org.migreg.format.packed;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why something cannot be unpacked, in a clause. */
public final class CannotUnpackException extends IOException {

    private static final long serialVersionUID = 1;

    CannotUnpackException(@Nullable String why, @Nullable Throwable cause) {
        super(why == null ? "it ends too soon" : why, cause);
    }

    /** The clause; there always is one. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
