package org.migreg.architecture.planted.impure.qemu;

import java.util.logging.Level;

interface OtherModule {
    Level level();
}
