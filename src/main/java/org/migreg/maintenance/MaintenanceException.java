package org.migreg.maintenance;

import org.jspecify.annotations.Nullable;

/** A backup, restore or move that was refused or failed; the message says why, and what to do. */
public final class MaintenanceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MaintenanceException(String message) {
        this(message, null);
    }

    MaintenanceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
